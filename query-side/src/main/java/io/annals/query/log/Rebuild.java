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
   * @param schema a name of letters, digits and underscores; what is there of it is dropped
   * @return the last position projected
   */
  public long into(Connection connection, String schema) throws SQLException {
    if (!schema.matches("[a-z0-9_]+")) {
      throw new IllegalArgumentException("Not a plain schema name: " + schema);
    }
    drop(connection, schema);
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
    long position = 0;
    List<LoggedEvent> events = reader.after(connection, position, BATCH_EVENTS);
    while (!events.isEmpty()) {
      position = project(connection, events);
      connection.commit();
      events = reader.after(connection, position, BATCH_EVENTS);
    }
    connection.commit();
    return position;
  }

  /**
   * Projects what came after a position, within the caller's transaction: seen from there, the
   * copies are as new as the tables that are served.
   *
   * @return the last position projected
   */
  public long goOn(Connection connection, long after) throws SQLException {
    long position = after;
    List<LoggedEvent> events = reader.after(connection, position, BATCH_EVENTS);
    while (!events.isEmpty()) {
      position = project(connection, events);
      events = reader.after(connection, position, BATCH_EVENTS);
    }
    return position;
  }

  private long project(Connection connection, List<LoggedEvent> events) throws SQLException {
    Transaction transaction = new Transaction(connection);
    projections.project(transaction, events);
    transaction.flush();
    return events.getLast().position();
  }

  /** Drops the schema, if it is there, and commits. */
  public static void drop(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }
    connection.commit();
  }
}
