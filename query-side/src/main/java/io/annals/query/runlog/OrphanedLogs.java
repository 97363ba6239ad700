package io.annals.query.runlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Follows the log for deleted runs and deletes what they printed. The position it has come to is
 * stored with each step, so that a restart forgets no run.
 */
public final class OrphanedLogs {
  /** Runs cleaned up in one step. */
  static final int MAX_RUNS = 100;

  /** Lines deleted in one statement. */
  static final int MAX_LINES = 10_000;

  private static final String BEGIN =
      "INSERT INTO follower (name, position) VALUES ('orphaned-logs', 0) ON CONFLICT DO NOTHING";

  private static final String TAKE_POSITION =
      "SELECT position FROM follower WHERE name = 'orphaned-logs' FOR UPDATE";

  private static final String MOVE_ON =
      "UPDATE follower SET position = ? WHERE name = 'orphaned-logs'";

  private static final String HEAD = "SELECT position FROM log_head";

  private static final String DELETIONS =
      """
      SELECT position, coalesce(payload->>'flow_run_id', payload->>'task_run_id')
      FROM event_log_domain
      WHERE position > ? AND position <= ? AND type IN ('flowrun.deleted', 'taskrun.deleted')
      ORDER BY position LIMIT ?
      """;

  private static final String DELETE_LINES =
      """
      DELETE FROM log WHERE (tableoid, ctid) IN (
        SELECT tableoid, ctid FROM log
        WHERE log.flow_run_id = ANY (?::uuid[]) OR log.task_run_id = ANY (?::uuid[]) LIMIT ?)
      """;

  private final DataSource dataSource;

  /** Works on one database. */
  public OrphanedLogs(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Deletes the lines of all runs deleted so far; answers how many runs that were. */
  public int delete() throws SQLException {
    int runs = 0;
    int step;
    do {
      step = inTransaction();
      runs += step;
    } while (step == MAX_RUNS);
    return runs;
  }

  private int inTransaction() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        int runs = step(connection);
        connection.commit();
        return runs;
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static int step(Connection connection) throws SQLException {
    long head = number(connection, HEAD);
    try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
      begin.executeUpdate();
    }
    long position = number(connection, TAKE_POSITION);
    List<String> runs = new ArrayList<>();
    long last = position;
    try (PreparedStatement statement = connection.prepareStatement(DELETIONS)) {
      statement.setLong(1, position);
      statement.setLong(2, head);
      statement.setInt(3, MAX_RUNS);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          last = row.getLong(1);
          runs.add(UUID.fromString(row.getString(2)).toString());
        }
      }
    }
    deleteLines(connection, runs);
    try (PreparedStatement moveOn = connection.prepareStatement(MOVE_ON)) {
      moveOn.setLong(1, runs.size() == MAX_RUNS ? last : Math.max(position, head));
      moveOn.executeUpdate();
    }
    return runs.size();
  }

  private static void deleteLines(Connection connection, List<String> runs) throws SQLException {
    if (runs.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(DELETE_LINES)) {
      int deleted;
      do {
        statement.setArray(1, connection.createArrayOf("text", runs.toArray()));
        statement.setArray(2, connection.createArrayOf("text", runs.toArray()));
        statement.setInt(3, MAX_LINES);
        deleted = statement.executeUpdate();
      } while (deleted == MAX_LINES);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
