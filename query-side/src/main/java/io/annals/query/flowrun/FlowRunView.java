package io.annals.query.flowrun;

import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.state.RunTimes;
import io.annals.events.state.StateType;
import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import io.annals.query.state.Estimates;
import io.annals.query.state.StateView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A flow run as the API shows it. Durations are seconds. */
public record FlowRunView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    UUID flowId,
    @Nullable UUID stateId,
    @Nullable UUID deploymentId,
    @Nullable String deploymentVersion,
    @Nullable UUID workQueueId,
    @Nullable String workQueueName,
    @Nullable String flowVersion,
    RawJson parameters,
    @Nullable String idempotencyKey,
    RawJson context,
    RawJson empiricalPolicy,
    List<String> tags,
    RawJson labels,
    @Nullable UUID parentTaskRunId,
    @Nullable StateType stateType,
    @Nullable String stateName,
    int runCount,
    @Nullable Instant expectedStartTime,
    @Nullable Instant nextScheduledStartTime,
    @Nullable Instant startTime,
    @Nullable Instant endTime,
    double totalRunTime,
    double estimatedRunTime,
    double estimatedStartTimeDelta,
    boolean autoScheduled,
    @Nullable UUID infrastructureDocumentId,
    @Nullable String infrastructurePid,
    @Nullable RawJson createdBy,
    @Nullable UUID workPoolId,
    @Nullable String workPoolName,
    @Nullable StateView state,
    RawJson jobVariables) {
  static final String COLUMNS =
      StateView.COLUMNS
          + """
          , flow_run.id, flow_run.created, flow_run.updated, flow_run.name, flow_run.flow_id,
          flow_run.deployment_id, flow_run.deployment_version, queue.id,
          coalesce(queue.name, flow_run.work_queue_name), flow_run.flow_version, flow_run.parameters,
          flow_run.idempotency_key, flow_run.context, flow_run.empirical_policy, flow_run.tags,
          flow_run.labels, flow_run.parent_task_run_id, flow_run.run_count,
          flow_run.expected_start_time, flow_run.next_scheduled_start_time, flow_run.start_time,
          flow_run.end_time, flow_run.total_run_time, flow_run.auto_scheduled,
          flow_run.infrastructure_document_id, flow_run.infrastructure_pid, flow_run.created_by,
          flow_run.job_variables, pool.id, pool.name
          """;

  /** How many columns that are. */
  static final int COLUMN_COUNT = StateView.COLUMN_COUNT + 30;

  /** Where the columns beside those of the run come from. */
  static final String JOINS =
      """
      LEFT JOIN flow_run_state s ON s.id = flow_run.state_id
      LEFT JOIN artifact a ON a.id = s.result_artifact_id
      LEFT JOIN work_queue queue ON queue.id = flow_run.work_queue_id
      LEFT JOIN work_pool pool ON pool.id = queue.work_pool_id
      """;

  private static final int RUN = StateView.COLUMN_COUNT + 1;

  /** Reads the columns; estimates are as of the given moment. */
  static FlowRunView read(ResultSet row, Instant now) throws SQLException {
    StateView state = StateView.readIfAny(row, 1);
    StateType type = state == null ? null : state.type();
    Instant expected = Reading.instant(row, RUN + 18);
    Instant start = Reading.instant(row, RUN + 20);
    double total = row.getDouble(RUN + 22);
    return new FlowRunView(
        row.getObject(RUN, UUID.class),
        Reading.moment(row, RUN + 1),
        Reading.moment(row, RUN + 2),
        row.getString(RUN + 3),
        row.getObject(RUN + 4, UUID.class),
        state == null ? null : state.id(),
        Reading.id(row, RUN + 5),
        row.getString(RUN + 6),
        Reading.id(row, RUN + 7),
        row.getString(RUN + 8),
        row.getString(RUN + 9),
        json(row, RUN + 10),
        row.getString(RUN + 11),
        json(row, RUN + 12),
        json(row, RUN + 13),
        Reading.texts(row, RUN + 14),
        json(row, RUN + 15),
        Reading.id(row, RUN + 16),
        type,
        state == null ? null : state.name(),
        row.getInt(RUN + 17),
        expected,
        Reading.instant(row, RUN + 19),
        start,
        Reading.instant(row, RUN + 21),
        total,
        Estimates.runTime(total, type, state == null ? null : state.timestamp(), now),
        Estimates.startDelta(type, start, expected, now),
        row.getBoolean(RUN + 23),
        Reading.id(row, RUN + 24),
        row.getString(RUN + 25),
        Reading.json(row, RUN + 26),
        Reading.id(row, RUN + 28),
        row.getString(RUN + 29),
        state,
        json(row, RUN + 27));
  }

  /** A run that no queue has and whose state has no result, as the columns would give it. */
  static FlowRunView of(NewFlowRun run, Instant now) {
    FlowRunCreated created = run.created();
    NewState moved = run.state();
    StateView state = moved == null ? null : StateView.of(moved.set().state());
    StateType type = state == null ? null : state.type();
    RunTimes times = moved == null ? RunTimes.NONE : moved.set().times();
    double total = FlowRunStatements.seconds(times);
    return new FlowRunView(
        created.flowRunId(),
        run.createdAt(),
        moved == null ? run.createdAt() : moved.at(),
        created.name(),
        created.flowId(),
        state == null ? null : state.id(),
        created.deploymentId(),
        created.deploymentVersion(),
        null,
        created.workQueueName(),
        created.flowVersion(),
        json(created.parameters()),
        created.idempotencyKey(),
        json(created.context()),
        new RawJson(
            FlowRunStatements.json(
                moved == null ? created.empiricalPolicy() : moved.set().empiricalPolicy())),
        created.tags(),
        json(created.labels()),
        created.parentTaskRunId(),
        type,
        state == null ? null : state.name(),
        times.runCount(),
        times.expectedStartTime(),
        times.nextScheduledStartTime(),
        times.startTime(),
        times.endTime(),
        total,
        Estimates.runTime(total, type, state == null ? null : state.timestamp(), now),
        Estimates.startDelta(type, times.startTime(), times.expectedStartTime(), now),
        created.autoScheduled(),
        created.infrastructureDocumentId(),
        created.infrastructurePid(),
        created.createdBy() == null
            ? null
            : new RawJson(FlowRunStatements.json(created.createdBy())),
        null,
        null,
        state,
        json(created.jobVariables()));
  }

  private static RawJson json(JsonNode value) {
    return new RawJson(value.toString());
  }

  private static RawJson json(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNull(Reading.json(row, column));
  }
}
