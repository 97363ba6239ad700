package io.annals.query.event;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Counts of events: over time, by name, by resource. */
public final class EventCounts {
  /** The most spans of time in one answer. */
  public static final int MAX_BUCKETS = 1_000;

  /** The most names or resources in one answer, the most frequent ones. */
  public static final int MAX_GROUPS = 10_000;

  /** The shortest span, in units. */
  public static final double MIN_INTERVAL = 0.01;

  /** All spans are aligned to this moment, as Prefect's are. */
  private static final Instant PIVOT = Instant.parse("2024-04-01T00:00:00Z");

  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LABEL_WITH_MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

  private static final String BY_TIME =
      """
      SELECT floor((extract(epoch FROM occurred) * 1000000 - ?) / ?)::bigint AS bucket, count(*)
      FROM event_log WHERE
      """;

  private static final String BY_NAME =
      """
      SELECT face_name AS value, face_name AS label, count(*) AS number,
          min(occurred) AS first, max(occurred) AS last
      FROM event_log WHERE %s GROUP BY face_name
      ORDER BY number DESC, label LIMIT ?
      """;

  /** A resource's newest name is its label. */
  private static final String BY_RESOURCE =
      """
      SELECT value, (array_agg(label ORDER BY last DESC))[1] AS label, sum(number) AS number,
          min(first) AS first, max(last) AS last
      FROM (
          SELECT face_resource_id AS value,
              coalesce(face->'resource'->>'prefect.resource.name',
                  face->'resource'->>'prefect.name', face_resource_id) AS label,
              count(*) AS number, min(occurred) AS first, max(occurred) AS last
          FROM event_log WHERE %s GROUP BY 1, 2) AS named
      GROUP BY value ORDER BY number DESC, label LIMIT ?
      """;

  private final DataSource dataSource;

  /** Counts the log of one database. */
  public EventCounts(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What can be counted. */
  public enum Countable {
    DAY,
    TIME,
    EVENT,
    RESOURCE
  }

  /** The units of spans of time. */
  public enum TimeUnit {
    WEEK(Duration.ofDays(7)),
    DAY(Duration.ofDays(1)),
    HOUR(Duration.ofHours(1)),
    MINUTE(Duration.ofMinutes(1)),
    SECOND(Duration.ofSeconds(1));

    private final Duration length;

    TimeUnit(Duration length) {
      this.length = length;
    }

    long micros(double interval) {
      return Math.max(1, Math.round(length.toNanos() / 1e3 * interval));
    }

    /** The last microsecond of the unit that the given moment lies in. */
    Instant endOf(Instant moment) {
      ZonedDateTime time = moment.atZone(ZoneOffset.UTC);
      ZonedDateTime start =
          switch (this) {
            case WEEK ->
                time.truncatedTo(ChronoUnit.DAYS)
                    .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case DAY -> time.truncatedTo(ChronoUnit.DAYS);
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
            case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
            case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
          };
      return start.plus(length).toInstant().minus(1, ChronoUnit.MICROS);
    }
  }

  /**
   * Counts what a filter finds.
   *
   * @param interval length of a span in units; for days alone it is always one day
   * @throws TooManyBucketsException when the window holds too many spans
   */
  public List<EventCountView> count(
      EventFilter filter, Countable by, TimeUnit unit, double interval, Instant now)
      throws SQLException {
    checkBuckets(filter, unit, interval);
    return switch (by) {
      case DAY -> byTime(filter, TimeUnit.DAY, 1, now);
      case TIME -> byTime(filter, unit, interval, now);
      case EVENT -> grouped(BY_NAME, filter);
      case RESOURCE -> grouped(BY_RESOURCE, filter);
    };
  }

  private static void checkBuckets(EventFilter filter, TimeUnit unit, double interval) {
    long buckets =
        BigDecimal.valueOf(ChronoUnit.MICROS.between(filter.since(), filter.until()))
            .divide(BigDecimal.valueOf(unit.micros(interval)), 0, RoundingMode.CEILING)
            .longValueExact();
    if (buckets > MAX_BUCKETS) {
      throw new TooManyBucketsException(
          "The given interval would create "
              + buckets
              + " buckets, which is too many. Please increase the interval or reduce the time"
              + " range to produce "
              + MAX_BUCKETS
              + " buckets or fewer.");
    }
  }

  private List<EventCountView> byTime(
      EventFilter filter, TimeUnit unit, double interval, Instant now) throws SQLException {
    checkBuckets(filter, unit, interval);
    long length = unit.micros(interval);
    Map<Long, Long> counts = countsByBucket(filter, length);
    Instant until = filter.until().isAfter(now) ? unit.endOf(now) : filter.until();
    long bucket = Math.floorDiv(ChronoUnit.MICROS.between(PIVOT, filter.since()), length);
    List<EventCountView> spans = new ArrayList<>();
    Instant start = PIVOT.plus(bucket * length, ChronoUnit.MICROS);
    while (start.isBefore(until)) {
      Instant next = start.plus(length, ChronoUnit.MICROS);
      spans.add(
          new EventCountView(
              Integer.toString(spans.size()),
              label(start),
              counts.getOrDefault(bucket, 0L),
              start,
              next.minus(1, ChronoUnit.MICROS)));
      start = next;
      bucket++;
    }
    return spans;
  }

  private static String label(Instant start) {
    return (start.equals(start.truncatedTo(ChronoUnit.SECONDS)) ? LABEL : LABEL_WITH_MICROS)
        .format(start);
  }

  private Map<Long, Long> countsByBucket(EventFilter filter, long lengthMicros)
      throws SQLException {
    EventConditions conditions = EventConditions.of(filter);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(BY_TIME + conditions.sql() + "\nGROUP BY 1")) {
      statement.setLong(1, PIVOT.getEpochSecond() * 1_000_000);
      statement.setLong(2, lengthMicros);
      conditions.bind(statement, 3);
      Map<Long, Long> counts = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          counts.put(row.getLong(1), row.getLong(2));
        }
      }
      return counts;
    }
  }

  private List<EventCountView> grouped(String sql, EventFilter filter) throws SQLException {
    EventConditions conditions = EventConditions.of(filter);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(sql.formatted(conditions.sql()))) {
      statement.setInt(conditions.bind(statement, 1), MAX_GROUPS);
      List<EventCountView> groups = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          groups.add(
              new EventCountView(
                  row.getString("value"),
                  row.getString("label"),
                  row.getLong("number"),
                  row.getObject("first", OffsetDateTime.class).toInstant(),
                  row.getObject("last", OffsetDateTime.class).toInstant()));
        }
      }
      return groups;
    }
  }
}
