package io.annals.query.sql;

import io.zonky.test.db.postgres.embedded.FlywayPreparer;
import io.zonky.test.db.postgres.embedded.PreparedDbProvider;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Databases that have all tables, for tests: copies of one that was migrated once, on a PostgreSQL
 * that all tests of a run share, and that stops with the JVM.
 */
public final class MigratedDatabase {
  private static final PreparedDbProvider POSTGRES =
      PreparedDbProvider.forPreparer(FlywayPreparer.forClasspathLocation("db/migration"));

  private MigratedDatabase() {}

  /** One that nobody else has. */
  public static DataSource create() {
    try {
      return POSTGRES.createDataSource();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
