package io.annals.query.log;

import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Runs all projections over the stored log into empty copies of their tables. */
public final class Rebuild {
  /** Events projected in one transaction. */
  public static final int BATCH_EVENTS = 1_000;

  private final Projections projections;
  private final LogReader reader;

  /** Rebuilds with the same projections that run inside the appends. */
  public Rebuild(Projections projections, LogReader reader) {
    this.projections = projections;
    this.reader = reader;
  }

  /**
   * Creates the schema with empty copies of the projected tables and fills them from position 1.
   * Its table {@code left_out} stays empty; it is for rows that the log no longer explains.
   *
   * @param connection without auto-commit; its search path is the new schema afterwards
   * @param schema a name of letters, digits and underscores that does not exist yet
   * @return the last position projected
   */
  public long into(Connection connection, String schema) throws SQLException {
    if (!schema.matches("[a-z0-9_]+")) {
      throw new IllegalArgumentException("Not a plain schema name: " + schema);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
      for (String table : projections.tables()) {
        statement.execute(
            "CREATE TABLE %s.%s (LIKE %s INCLUDING ALL)".formatted(schema, table, table));
      }
      statement.execute(
          "CREATE TABLE %s.left_out (of_table text, id uuid, PRIMARY KEY (of_table, id))"
              .formatted(schema));
      statement.execute("SET search_path = " + schema + ", public");
    }
    connection.commit();
    return fill(connection);
  }

  private long fill(Connection connection) throws SQLException {
    long position = 0;
    List<LoggedEvent> events = reader.after(connection, position, BATCH_EVENTS);
    while (!events.isEmpty()) {
      Transaction transaction = new Transaction(connection);
      projections.project(transaction, events);
      transaction.flush();
      connection.commit();
      position = events.getLast().position();
      events = reader.after(connection, position, BATCH_EVENTS);
    }
    return position;
  }
}
