package io.annals.app.database;

import io.annals.app.StartupFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables to the form this release expects. */
final class Migrations {
  private static final String UNDEFINED_TABLE = "42P01";

  private static final String HISTORY =
      """
      SELECT script || ':' || checksum FROM flyway_schema_history
      WHERE type = 'SQL' AND success ORDER BY installed_rank
      """;

  private Migrations() {}

  /**
   * Runs what is missing.
   *
   * @param statementTimeout the longest a statement of a migration may take, if there is a bound
   * @throws StartupFailure when the database is newer than this release, or a migration fails
   */
  static void run(DataSource dataSource, Optional<Duration> statementTimeout) {
    try {
      if (applied(dataSource).equals(ShippedMigrations.fingerprints())) {
        return; // Flyway itself takes a third of a second to find out the same
      }
      Flyway flyway =
          Flyway.configure()
              .dataSource(dataSource)
              .locations("classpath:db/migration")
              .initSql(
                  statementTimeout
                      .map(limit -> "SET statement_timeout = " + limit.toMillis())
                      .orElse(""))
              .load();
      refuseNewer(flyway);
      flyway.migrate();
    } catch (FlywayException | SQLException failure) {
      throw StartupFailure.because(
          "The database cannot be migrated: %s"
              .formatted(String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ")));
    }
  }

  private static List<String> applied(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(HISTORY)) {
      List<String> applied = new ArrayList<>();
      while (row.next()) {
        applied.add(row.getString(1));
      }
      return applied;
    } catch (SQLException failure) {
      if (UNDEFINED_TABLE.equals(failure.getSQLState())) {
        return List.of();
      }
      throw failure;
    }
  }

  private static void refuseNewer(Flyway flyway) {
    for (MigrationInfo migration : flyway.info().all()) {
      if (migration.getState() == MigrationState.FUTURE_SUCCESS) {
        throw StartupFailure.because(
            "The database was migrated by a newer Annals (%s, %s): start that release, or restore"
                    .formatted(migration.getVersion(), migration.getDescription())
                + " a backup from before.");
      }
    }
  }
}
