package io.annals.query.state;

import io.annals.events.state.StateType;
import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many runs were in which state, by their expected start, in equal spans of time. */
public final class RunHistory {
  /** Spans beyond these are left out. */
  public static final int MAX_BUCKETS = 500;

  private final Database database;
  private final InstantSource clock;
  private final String table;

  /** The history of the runs in one table, {@code flow_run} or {@code task_run}. */
  public RunHistory(Database database, InstantSource clock, String table) {
    this.database = database;
    this.clock = clock;
    this.table = table;
  }

  /** One span of time. */
  public record Bucket(Instant intervalStart, Instant intervalEnd, List<Share> states) {}

  /** The runs of a span that are in one state; sums are seconds. */
  public record Share(
      @Nullable StateType stateType,
      @Nullable String stateName,
      long countRuns,
      double sumEstimatedRunTime,
      double sumEstimatedLateness) {}

  private record Placed(int bucket, Share share) {}

  /** The spans from a start on, empty ones included; the last one is whole, also past the end. */
  public List<Bucket> of(Where runs, Instant start, Instant end, Duration interval) {
    List<Bucket> buckets = new ArrayList<>();
    Instant from = start;
    while (from.isBefore(end) && buckets.size() < MAX_BUCKETS) {
      Instant to = from.plus(interval);
      buckets.add(new Bucket(from, to, new ArrayList<>()));
      from = to;
    }
    if (!buckets.isEmpty()) {
      for (Placed placed : shares(runs, start, from, interval)) {
        buckets.get(placed.bucket()).states().add(placed.share());
      }
    }
    return buckets;
  }

  private List<Placed> shares(Where runs, Instant start, Instant end, Duration interval) {
    Where values =
        Where.all()
            .and("? ?", start, (double) interval.toMillis() / 1_000)
            .and("? ?", clock.instant(), clock.instant());
    Where window =
        Where.all()
            .and(table + ".expected_start_time >= ?", start)
            .and(table + ".expected_start_time < ?", end)
            .and(runs);
    return database
        .jdbc()
        .query(
            sql(window),
            statement -> window.bind(statement, values.bind(statement, 1)),
            (row, index) -> placed(row));
  }

  private static Placed placed(ResultSet row) throws SQLException {
    String type = row.getString(2);
    return new Placed(
        row.getInt(1),
        new Share(
            type == null ? null : StateType.valueOf(type),
            row.getString(3),
            row.getLong(4),
            row.getDouble(5),
            row.getDouble(6)));
  }

  /** In floating point: what extract gives is exact, and takes up to twice as long to add up. */
  private String sql(Where window) {
    return """
    SELECT floor(date_part('epoch', %1$s.expected_start_time - ?) / ?)::int AS bucket,
        state_type, state_name, count(*),
        sum(total_run_time + CASE WHEN state_type = 'RUNNING'
            THEN greatest(date_part('epoch', ?::timestamptz - state_timestamp), 0)
            ELSE 0 END)::float8,
        sum(greatest(0, date_part('epoch', CASE
            WHEN start_time IS NOT NULL THEN start_time - expected_start_time
            WHEN state_type IN ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED') THEN interval '0'
            ELSE ?::timestamptz - expected_start_time END)))::float8
    FROM %1$s WHERE %2$s
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """
        .formatted(table, window.sql());
  }
}
