package io.annals.query.sql;

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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The days of a partitioned table: made ahead, and dropped whole when their time is over. Several
 * nodes may do it at once; each step is done by whoever comes first.
 */
public final class DayPartitions {
  private static final String TAKE_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))";

  /** Waiting longer than this for writers would make them wait in turn. */
  private static final String WAIT_BRIEFLY = "SET LOCAL lock_timeout = '3s'";

  private static final String EXISTING =
      """
      SELECT child.relname FROM pg_inherits
      JOIN pg_class AS child ON child.oid = pg_inherits.inhrelid
      WHERE pg_inherits.inhparent = to_regclass(?) ORDER BY child.relname
      """;

  private final DataSource dataSource;
  private final String table;
  private final String prefix;

  /** Looks after a table that is partitioned by a range of time. */
  public DayPartitions(DataSource dataSource, String table) {
    this.dataSource = dataSource;
    this.table = table;
    this.prefix = table + "_";
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
    if (existing().containsAll(days.stream().map(this::name).toList())) {
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
    List<String> dropped = new ArrayList<>();
    for (String name : olderThan(retention, now)) {
      // One transaction each: the lock on the parent is held for one drop only.
      dropped.addAll(changing((statement, existing) -> drop(statement, existing, name)));
    }
    return dropped;
  }

  /** The names of the days that ended before the retention period began. */
  public List<String> olderThan(Duration retention, Instant now) throws SQLException {
    LocalDate oldest = LocalDate.ofInstant(firstKept(retention, now), ZoneOffset.UTC);
    return existing().stream()
        .filter(
            name -> {
              LocalDate day = day(name);
              return day != null && day.isBefore(oldest);
            })
        .toList();
  }

  /** When the oldest day begins that reaches into the retention period. */
  public static Instant firstKept(Duration retention, Instant now) {
    return now.minus(retention).truncatedTo(ChronoUnit.DAYS);
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

  private List<String> existing(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EXISTING)) {
      statement.setString(1, table);
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

  private void takeLock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE_LOCK)) {
      statement.setString(1, table);
      statement.execute();
    }
  }

  /** Name and bounds come from a date alone: DDL takes no bound values. */
  private String create(LocalDate day) {
    return """
        CREATE TABLE IF NOT EXISTS %s PARTITION OF %s
        FOR VALUES FROM ('%s 00:00:00+00') TO ('%s 00:00:00+00')
        """
        .formatted(name(day), table, day, day.plusDays(1));
  }

  private String name(LocalDate day) {
    return prefix + DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }

  private @Nullable LocalDate day(String name) {
    String digits = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
    return digits.matches("\\d{8}")
        ? LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE)
        : null;
  }
}
