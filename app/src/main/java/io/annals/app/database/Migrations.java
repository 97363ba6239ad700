package io.annals.app.database;

import io.annals.app.StartupFailure;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables to the form this release expects. */
final class Migrations {
  private Migrations() {}

  /**
   * Runs what is missing.
   *
   * @param statementTimeout the longest a statement of a migration may take, if there is a bound
   * @throws StartupFailure when the database is newer than this release, or a migration fails
   */
  static void run(DataSource dataSource, Optional<Duration> statementTimeout) {
    try {
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
    } catch (FlywayException failure) {
      throw StartupFailure.because(
          "The database cannot be migrated: %s"
              .formatted(String.valueOf(failure.getMessage()).lines().findFirst().orElse("")));
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
