package io.annals.query.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many events the log has lost. Positions are dense, so it is known exactly: each position up
 * to the head that has no row was removed.
 *
 * @param count all of them
 * @param unexplained those that retention cannot have removed: it drops the oldest observed events,
 *     and notes each one that it takes out of the middle
 */
public record RemovedEvents(long count, long unexplained) {
  /** One statement, so that it is one moment, whatever is appended or removed meanwhile. */
  private static final String COUNT =
      """
      WITH kept AS (
        SELECT position AS head, coalesce(
            (SELECT min(position) FROM event_log_observed), position + 1) AS oldest
        FROM log_head)
      SELECT head - (SELECT count(*) FROM event_log),
          head + 1 - oldest
              - (SELECT count(*) FROM event_log WHERE position >= oldest)
              - (SELECT count(*) FROM event_log_removed WHERE position >= oldest)
      FROM kept
      """;

  /** Counts them. */
  public static RemovedEvents of(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new RemovedEvents(row.getLong(1), row.getLong(2));
    }
  }
}
