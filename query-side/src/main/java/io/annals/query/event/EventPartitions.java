package io.annals.query.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The days of the observed events: made ahead, and dropped whole when their time is over. Several
 * nodes may do it at once; each step is done by whoever comes first.
 */
public final class EventPartitions {
  private static final String PARENT = "event_log_observed";
  private static final String PREFIX = PARENT + "_";

  /** Serialises changes of the partitions among nodes; any constant that nobody else uses. */
  private static final long LOCK = 0x416e_6e61_6c73_4556L;

  private static final String TAKE_LOCK = "SELECT pg_advisory_xact_lock(?)";

  /** Waiting longer than this for writers would make them wait in turn. */
  private static final String WAIT_BRIEFLY = "SET LOCAL lock_timeout = '3s'";

  private static final String EXISTING =
      """
      SELECT child.relname FROM pg_inherits
      JOIN pg_class AS child ON child.oid = pg_inherits.inhrelid
      WHERE pg_inherits.inhparent = to_regclass(?) ORDER BY child.relname
      """;

  private final DataSource dataSource;

  /** Looks after the log of one database. */
  public EventPartitions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Makes the day of the given moment and the days after it.
   *
   * @return the names of those that were missing
   */
  public List<String> createAhead(Instant now, int daysAhead) throws SQLException {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    // A day begun by a node whose clock is behind still finds its place.
    List<LocalDate> days = today.minusDays(1).datesUntil(today.plusDays(daysAhead + 1L)).toList();
    if (existing().containsAll(days.stream().map(EventPartitions::name).toList())) {
      return List.of();
    }
    return changing(
        (statement, existing) -> {
          List<String> made = new ArrayList<>();
          for (LocalDate day : days) {
            if (!existing.contains(name(day))) {
              statement.execute(create(day));
              made.add(name(day));
            }
          }
          return made;
        });
  }

  /**
   * Drops the days that ended before the retention period began.
   *
   * @return the names of those that were dropped
   */
  public List<String> dropOlderThan(Duration retention, Instant now) throws SQLException {
    LocalDate oldest = LocalDate.ofInstant(now.minus(retention), ZoneOffset.UTC);
    List<String> dropped = new ArrayList<>();
    for (String name : existing()) {
      LocalDate day = day(name);
      if (day != null && day.isBefore(oldest)) {
        // One transaction each: the lock on the parent is held for one drop only.
        dropped.addAll(changing((statement, existing) -> drop(statement, existing, name)));
      }
    }
    return dropped;
  }

  private static List<String> drop(Statement statement, List<String> existing, String name)
      throws SQLException {
    if (!existing.contains(name)) {
      return List.of();
    }
    statement.execute("DROP TABLE IF EXISTS " + name);
    return List.of(name);
  }

  private List<String> existing() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      List<String> names = existing(connection);
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      return names;
    }
  }

  private static List<String> existing(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EXISTING)) {
      statement.setString(1, PARENT);
      List<String> names = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
      return names;
    }
  }

  @FunctionalInterface
  private interface Change {
    List<String> apply(Statement statement, List<String> existing) throws SQLException;
  }

  private List<String> changing(Change change) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(WAIT_BRIEFLY);
        takeLock(connection);
        List<String> changed = change.apply(statement, existing(connection));
        connection.commit();
        return changed;
      } catch (SQLException failure) {
        connection.rollback();
        throw failure;
      } finally {
        connection.setAutoCommit(autoCommit);
      }
    }
  }

  private static void takeLock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE_LOCK)) {
      statement.setLong(1, LOCK);
      statement.execute();
    }
  }

  /** Name and bounds come from a date alone: DDL takes no bound values. */
  private static String create(LocalDate day) {
    return """
        CREATE TABLE IF NOT EXISTS %s PARTITION OF event_log_observed
        FOR VALUES FROM ('%s 00:00:00+00') TO ('%s 00:00:00+00')
        """
        .formatted(name(day), day, day.plusDays(1));
  }

  private static String name(LocalDate day) {
    return PREFIX + DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }

  private static @Nullable LocalDate day(String name) {
    String digits = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
    return digits.matches("\\d{8}")
        ? LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE)
        : null;
  }
}
