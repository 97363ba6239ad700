package io.annals.query.taskrun;

import io.annals.events.state.State;
import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import io.annals.query.state.StateView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads task runs. */
public final class TaskRunQueries {
  private static final String RUNS =
      "SELECT "
          + TaskRunView.COLUMNS
          + """
           FROM task_run
          LEFT JOIN task_run_state s ON s.id = task_run.state_id
          LEFT JOIN artifact a ON a.id = s.result_artifact_id
          WHERE %s""";

  private static final String COUNT = "SELECT count(*) FROM task_run WHERE %s";
  private static final String IDS = "SELECT task_run.id FROM task_run WHERE %s";

  private static final String CACHED =
      "SELECT "
          + StateView.COLUMNS
          + """
           FROM task_run_state_cache c
          JOIN task_run_state s ON s.id = c.task_run_state_id
          LEFT JOIN artifact a ON a.id = s.result_artifact_id
          WHERE %s ORDER BY c.created DESC LIMIT 1""";

  private static final UUID NO_FLOW_RUN = new UUID(0, 0);

  private final Database database;
  private final InstantSource clock;

  /** Reads with estimates as of the clock. */
  public TaskRunQueries(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** One run. */
  public Optional<TaskRunView> byId(UUID taskRunId) {
    return database.lookup(
        RUNS,
        Where.all().and("task_run.id = ?", taskRunId),
        (row, index) -> TaskRunView.read(row, clock.instant()));
  }

  /** One page of runs. */
  public List<TaskRunView> page(
      TaskRunSelection selection, TaskRunSort sort, int limit, long offset) {
    return limit == 0
        ? List.of()
        : database.page(
            RUNS,
            selection.where(),
            sort.sql,
            limit,
            offset,
            (row, index) -> TaskRunView.read(row, clock.instant()));
  }

  /** How many runs there are. */
  public long count(TaskRunSelection selection) {
    return database.count(COUNT, selection.where());
  }

  /** The run at a place in a flow run, or of a task that runs without one. */
  public Optional<UUID> idByKey(@Nullable UUID flowRunId, String taskKey, String dynamicKey) {
    return database.lookup(
        IDS,
        Where.all()
            .and(
                "coalesce(task_run.flow_run_id, '00000000-0000-0000-0000-000000000000'::uuid) = ?",
                flowRunId == null ? NO_FLOW_RUN : flowRunId)
            .and("task_run.task_key = ?", taskKey)
            .and("task_run.dynamic_key = ?", dynamicKey),
        (row, index) -> row.getObject(1, UUID.class));
  }

  /** The newest result with a cache key that has not expired. */
  public Optional<State> cachedState(String cacheKey, Instant now) {
    return database
        .lookup(
            CACHED,
            Where.all()
                .and("c.cache_key = ?", cacheKey)
                .and("(c.cache_expiration IS NULL OR c.cache_expiration > ?)", now),
            (row, index) -> StateView.read(row, 1))
        .map(StateView::toState);
  }
}
