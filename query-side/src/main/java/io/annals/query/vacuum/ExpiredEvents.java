package io.annals.query.vacuum;

import io.annals.query.sql.DayPartitions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/**
 * Observed events whose time is over. They go by whole days; those of a name that is kept shorter
 * go one by one, and leave their hash behind, by which the log still verifies.
 */
public final class ExpiredEvents {
  private static final String EVENTS = "event_log_observed";

  private static final String COUNT_DAY = "SELECT count(*), min(occurred) FROM ";

  private static final String COUNT_NAMED =
      """
      SELECT count(*), min(occurred) FROM event_log_observed
      WHERE face_name COLLATE "C" = ? AND occurred < ? AND recorded >= ?
      """;

  private static final String REMOVE_NAMED =
      """
      WITH removed AS (
        DELETE FROM event_log_observed WHERE position = ANY (ARRAY(
          SELECT position FROM event_log_observed
          WHERE face_name COLLATE "C" = ? AND occurred < ? LIMIT ?))
        RETURNING position, face_name, hash)
      INSERT INTO event_log_removed (position, face_name, hash)
      SELECT position, face_name, hash FROM removed
      """;

  /** Before the oldest event that is kept, nobody verifies anything. */
  private static final String FORGET_REMOVED =
      """
      DELETE FROM event_log_removed
      WHERE position < coalesce(
        (SELECT min(position) FROM event_log_observed), 9223372036854775807)
      """;

  private final DataSource dataSource;
  private final DayPartitions days;

  /** Looks at the log of one database. */
  public ExpiredEvents(DataSource dataSource) {
    this.dataSource = dataSource;
    this.days = new DayPartitions(dataSource, EVENTS);
  }

  /** The events of days that ended before a period began. */
  public Leftover ofDays(Duration retention, Instant now) throws SQLException {
    Leftover all = Leftover.NOTHING;
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String day : days.olderThan(retention, now)) {
        try (ResultSet row = statement.executeQuery(COUNT_DAY + day)) {
          row.next();
          all = all.plus(Leftover.read(row));
        }
      }
    }
    return all;
  }

  /**
   * Drops days that ended before a period began.
   *
   * @return the names of those that were dropped
   */
  public List<String> dropDays(Duration retention, Instant now) throws SQLException {
    List<String> dropped = days.dropOlderThan(retention, now);
    if (!dropped.isEmpty()) {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(FORGET_REMOVED);
      }
    }
    return dropped;
  }

  /**
   * The events of a name that happened before a time, apart from those of days that go anyway.
   *
   * @param firstDay when the oldest day begins that is kept
   */
  public Leftover ofName(String name, Instant before, Instant firstDay) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(COUNT_NAMED)) {
      statement.setString(1, name);
      statement.setTimestamp(2, Timestamp.from(before));
      statement.setTimestamp(3, Timestamp.from(firstDay));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return Leftover.read(row);
      }
    }
  }

  /**
   * Removes the events of a name that happened before a time.
   *
   * @param batchSize events removed in one transaction
   * @return how many there were
   */
  public long remove(String name, Instant before, int batchSize) throws SQLException {
    long removed = 0;
    int batch;
    do {
      batch = removeSome(name, before, batchSize);
      removed += batch;
    } while (batch == batchSize);
    return removed;
  }

  private int removeSome(String name, Instant before, int batchSize) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(REMOVE_NAMED)) {
      statement.setString(1, name);
      statement.setTimestamp(2, Timestamp.from(before));
      statement.setInt(3, batchSize);
      return statement.executeUpdate();
    }
  }
}
