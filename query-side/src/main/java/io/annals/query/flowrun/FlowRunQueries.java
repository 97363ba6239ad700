package io.annals.query.flowrun;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads flow runs. */
public final class FlowRunQueries {
  private static final String RUNS =
      "SELECT " + FlowRunView.COLUMNS + " FROM flow_run " + FlowRunView.JOINS + " WHERE %s";

  private static final String IDS = "SELECT flow_run.id FROM flow_run WHERE %s";
  private static final String COUNT = "SELECT count(*) FROM flow_run WHERE %s";

  private static final String BY_IDEMPOTENCY_KEY = "SELECT flow_run.id FROM flow_run WHERE %s";

  private static final String INPUTS =
      """
      SELECT id, created, updated, flow_run_id, key, value, sender FROM flow_run_input WHERE %s\
      """;

  private static final String WAITING =
      """
      flow_run.state_type = 'SCHEDULED' AND flow_run.state_name <> ? AND flow_run.run_count = 0\
      """;

  private final Database database;
  private final InstantSource clock;

  /** Reads with estimates as of the clock. */
  public FlowRunQueries(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** One run. */
  public Optional<FlowRunView> byId(UUID flowRunId) {
    return database.lookup(
        RUNS,
        Where.all().and("flow_run.id = ?", flowRunId),
        (row, index) -> FlowRunView.read(row, clock.instant()));
  }

  /** One page of runs. */
  public List<FlowRunView> page(
      FlowRunSelection selection, FlowRunSort sort, int limit, long offset) {
    if (limit == 0) {
      return List.of();
    }
    return database.page(
        RUNS,
        selection.where(),
        sort.sql,
        limit,
        offset,
        (row, index) -> FlowRunView.read(row, clock.instant()));
  }

  /** The ids of the first runs in the default order, for bulk operations. */
  public List<UUID> ids(FlowRunSelection selection, int limit) {
    return database.page(
        IDS,
        selection.where(),
        FlowRunSort.ID_DESC.sql,
        limit,
        0,
        (row, index) -> row.getObject(1, UUID.class));
  }

  /** The runs of a flow, a bounded number, whether the flow is still there or not. */
  public List<UUID> idsOfFlow(UUID flowId, int limit) {
    return database.page(
        IDS,
        Where.all().and("flow_run.flow_id = ?", flowId),
        FlowRunSort.ID_DESC.sql,
        limit,
        0,
        (row, index) -> row.getObject(1, UUID.class));
  }

  /** How many runs there are. */
  public long count(FlowRunSelection selection) {
    return database.count(COUNT, selection.where());
  }

  /** The average lateness in seconds; empty without runs. */
  public Optional<Double> averageLateness(FlowRunSelection selection) {
    var now = clock.instant();
    Where where = selection.where();
    return database
        .jdbc()
        .query(
            averageLateness(where),
            statement -> {
              Where times = Where.all().and("? ?", now, now);
              where.bind(statement, times.bind(statement, 1));
            },
            (row, index) -> Optional.ofNullable((Double) row.getObject(1)))
        .stream()
        .findFirst()
        .flatMap(average -> average);
  }

  private static String averageLateness(Where where) {
    return """
    SELECT avg(date_part('epoch', CASE
        WHEN start_time > expected_start_time THEN start_time - expected_start_time
        WHEN start_time IS NULL AND expected_start_time < ?
            AND (state_type IS NULL
                OR state_type NOT IN ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED'))
            THEN ? - expected_start_time
        ELSE interval '0' END))::float8
    FROM flow_run WHERE %s\
    """
        .formatted(where.sql());
  }

  /** The run that an idempotency key stands for. */
  public Optional<UUID> idByIdempotencyKey(UUID flowId, String key) {
    return database.lookup(
        BY_IDEMPOTENCY_KEY,
        Where.all().and("flow_run.flow_id = ?", flowId).and("flow_run.idempotency_key = ?", key),
        (row, index) -> row.getObject(1, UUID.class));
  }

  /** Scheduled runs of some deployments, those that are due first. */
  public List<FlowRunView> scheduledOf(
      List<UUID> deploymentIds, Optional<Instant> before, int limit) {
    Where where =
        Where.all()
            .anyId("flow_run.deployment_id", deploymentIds)
            .and("flow_run.state_type = 'SCHEDULED'")
            .between("flow_run.next_scheduled_start_time", null, before.orElse(null));
    if (limit == 0) {
      return List.of();
    }
    return database.page(
        RUNS,
        where,
        FlowRunSort.NEXT_SCHEDULED_START_TIME_ASC.sql,
        limit,
        0,
        (row, index) -> FlowRunView.read(row, clock.instant()));
  }

  /**
   * Runs of a deployment that were never started, in the order of their ids.
   *
   * @param takenName the name of the state of those that a worker has taken already
   * @param planned whether only those that a schedule planned
   * @param from only those that are planned for later than this; empty for any time
   * @param after only ids greater than this; empty to begin
   */
  public List<UUID> waiting(
      UUID deploymentId,
      String takenName,
      boolean planned,
      Optional<Instant> from,
      Optional<UUID> after,
      int limit) {
    Where where =
        Where.all().and("flow_run.deployment_id = ?", deploymentId).and(WAITING, takenName);
    if (planned) {
      where.and("flow_run.auto_scheduled");
    }
    from.ifPresent(time -> where.and("flow_run.next_scheduled_start_time > ?", time));
    after.ifPresent(id -> where.and("flow_run.id > ?", id));
    return database.page(
        IDS, where, "flow_run.id", limit, 0, (row, index) -> row.getObject(1, UUID.class));
  }

  /** Inputs whose key has a prefix, in which % and _ are wildcards as in Prefect; oldest first. */
  public List<FlowRunInputView> inputs(
      UUID flowRunId, String prefix, List<String> excludedKeys, int limit) {
    return database.page(
        INPUTS,
        Where.all()
            .and("flow_run_id = ?", flowRunId)
            .and("key LIKE ?", prefix + "%")
            .notAnyText("key", excludedKeys),
        "created, id",
        limit,
        0,
        FlowRunInputView::read);
  }

  /** One input. */
  public Optional<FlowRunInputView> input(UUID flowRunId, String key) {
    return database.lookup(
        INPUTS,
        Where.all().and("flow_run_id = ?", flowRunId).and("key = ?", key),
        FlowRunInputView::read);
  }
}
