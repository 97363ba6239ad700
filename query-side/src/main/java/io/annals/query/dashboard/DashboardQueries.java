package io.annals.query.dashboard;

import io.annals.events.state.StateType;
import io.annals.query.sql.Database;
import io.annals.query.sql.Reading;
import io.annals.query.sql.Where;
import io.annals.query.taskrun.TaskRunSelection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what the web UI shows of many runs at once. */
public final class DashboardQueries {
  /** How many bars the chart of task runs has. */
  public static final int BUCKETS = 20;

  private static final String TASK_RUNS_BY_FLOW_RUN =
      """
      SELECT flow_run_id, count(*) FROM task_run
      WHERE %s AND NOT EXISTS
          (SELECT 1 FROM flow_run subflow WHERE subflow.parent_task_run_id = task_run.id)
      GROUP BY flow_run_id""";

  private static final String NEXT_RUNS =
      """
      SELECT DISTINCT ON (flow_id)
          id, flow_id, name, state_name, state_type, next_scheduled_start_time
      FROM flow_run WHERE %s AND state_type = 'SCHEDULED'
      ORDER BY flow_id, next_scheduled_start_time""";

  private static final String TASK_RUNS_BY_STATE =
      """
      SELECT state_type, count(*) FROM task_run
      WHERE %s AND state_type IS NOT NULL GROUP BY state_type""";

  private static final double NANOS_PER_SECOND = 1e9;

  private final Database database;

  /** Reads from the database. */
  public DashboardQueries(Database database) {
    this.database = database;
  }

  /** How many task runs each flow run has, without those that stand for subflows. */
  public Map<UUID, Long> taskRunCounts(List<UUID> flowRunIds) {
    Map<UUID, Long> counts = new LinkedHashMap<>();
    flowRunIds.forEach(id -> counts.put(id, 0L));
    database.list(
        TASK_RUNS_BY_FLOW_RUN,
        Where.all().anyId("task_run.flow_run_id", flowRunIds),
        (row, index) -> counts.put(row.getObject(1, UUID.class), row.getLong(2)));
    return counts;
  }

  /** For each flow its next scheduled run, or nothing. */
  public Map<UUID, Optional<NextFlowRunView>> nextRuns(List<UUID> flowIds) {
    Map<UUID, Optional<NextFlowRunView>> next = new LinkedHashMap<>();
    flowIds.forEach(id -> next.put(id, Optional.empty()));
    database
        .list(
            NEXT_RUNS, Where.all().anyId("flow_run.flow_id", flowIds), (row, index) -> nextRun(row))
        .forEach(run -> next.put(run.flowId(), Optional.of(run)));
    return next;
  }

  private static NextFlowRunView nextRun(ResultSet row) throws SQLException {
    return new NextFlowRunView(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getString(3),
        row.getString(4),
        StateType.valueOf(row.getString(5)),
        Reading.instant(row, 6));
  }

  /** How many task runs are in each type of state; every type is there. */
  public Map<String, Long> taskRunsByState(TaskRunSelection selection) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (StateType type : StateType.values()) {
      counts.put(type.name(), 0L);
    }
    database.list(
        TASK_RUNS_BY_STATE,
        selection.where(),
        (row, index) -> counts.put(row.getString(1), row.getLong(2)));
    return counts;
  }

  /**
   * The outcomes of task runs that have ended, by the time of their start.
   *
   * @param from where the first of {@link #BUCKETS} equal spans begins
   * @param until where the last one ends
   */
  public List<OutcomeCount> outcomes(TaskRunSelection selection, Instant from, Instant until) {
    Duration width = Duration.between(from, until).dividedBy(BUCKETS);
    double seconds = width.getSeconds() + width.getNano() / NANOS_PER_SECOND;
    List<OutcomeCount> outcomes = new ArrayList<>(Collections.nCopies(BUCKETS, OutcomeCount.NONE));
    Where where = selection.where();
    database
        .jdbc()
        .query(
            outcomes(where),
            statement -> {
              int next = Where.all().and("? ?", from, seconds).bind(statement, 1);
              where.bind(statement, next);
            },
            row -> {
              @Nullable Double bucket = (Double) row.getObject(1);
              if (bucket != null && bucket >= 0 && bucket < BUCKETS) {
                outcomes.set(bucket.intValue(), new OutcomeCount(row.getLong(2), row.getLong(3)));
              }
            });
    return outcomes;
  }

  private static String outcomes(Where where) {
    return """
    SELECT bucket, count(*) FILTER (WHERE NOT failed), count(*) FILTER (WHERE failed)
    FROM (SELECT task_run.state_type IN ('FAILED', 'CRASHED') AS failed,
            floor(date_part('epoch', task_run.start_time - ?) / ?::float8)::float8 AS bucket
        FROM task_run
        WHERE task_run.state_type IN ('COMPLETED', 'FAILED', 'CRASHED', 'CANCELLED') AND %s) runs
    GROUP BY bucket"""
        .formatted(where.sql());
  }
}
