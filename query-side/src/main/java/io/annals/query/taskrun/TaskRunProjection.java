package io.annals.query.taskrun;

import io.annals.events.log.EventCodec;
import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.RowBatch;
import io.annals.events.sql.Transaction;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent;
import io.annals.events.taskrun.TaskRunEvent.TaskRunAdopted;
import io.annals.events.taskrun.TaskRunEvent.TaskRunCreated;
import io.annals.events.taskrun.TaskRunEvent.TaskRunDeleted;
import io.annals.events.taskrun.TaskRunEvent.TaskRunProposalRefused;
import io.annals.events.taskrun.TaskRunEvent.TaskRunRenamed;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import io.annals.query.log.Projection;
import io.annals.query.state.StateRows;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tables {@code task_run}, {@code task_run_state} and {@code task_run_state_cache}, as far as the
 * server decides about task runs. What clients report comes in through the recorder.
 */
public final class TaskRunProjection implements Projection {
  private static final double NANOS_PER_SECOND = 1e9;

  private static final String CREATE =
      """
      INSERT INTO task_run (id, created, updated, name, flow_run_id, task_key, dynamic_key,
          cache_key, cache_expiration, task_version, empirical_policy, tags, labels, task_inputs)
      SELECT id::uuid, at::timestamptz, at::timestamptz, name, flow_run_id::uuid, task_key,
          dynamic_key, cache_key, cache_expiration::timestamptz, task_version,
          empirical_policy::json, tags::text[], labels::json, task_inputs::json
      FROM %s
      """
          .formatted(
              RowBatch.unnest(
                  "r",
                  "id",
                  "at",
                  "name",
                  "flow_run_id",
                  "task_key",
                  "dynamic_key",
                  "cache_key",
                  "cache_expiration",
                  "task_version",
                  "empirical_policy",
                  "tags",
                  "labels",
                  "task_inputs"));

  private static final String MOVE =
      """
      UPDATE task_run SET updated = r.at::timestamptz, state_id = r.state_id::uuid,
          state_type = r.state_type, state_name = r.state_name,
          state_timestamp = r.state_timestamp::timestamptz, run_count = r.run_count::int,
          flow_run_run_count = r.flow_run_run_count::int,
          expected_start_time = r.expected_start_time::timestamptz,
          next_scheduled_start_time = r.next_scheduled_start_time::timestamptz,
          start_time = r.start_time::timestamptz, end_time = r.end_time::timestamptz,
          total_run_time = r.total_run_time::float8
      FROM %s
      WHERE task_run.id = ANY (ARRAY[r.id::uuid])
      """
          .formatted(
              RowBatch.unnest(
                  "r",
                  "id",
                  "at",
                  "state_id",
                  "state_type",
                  "state_name",
                  "state_timestamp",
                  "run_count",
                  "flow_run_run_count",
                  "expected_start_time",
                  "next_scheduled_start_time",
                  "start_time",
                  "end_time",
                  "total_run_time"));

  private static final String CACHE =
      """
      INSERT INTO task_run_state_cache (task_run_state_id, created, cache_key, cache_expiration)
      SELECT id::uuid, at::timestamptz, cache_key, cache_expiration::timestamptz FROM %s
      """
          .formatted(RowBatch.unnest("c", "id", "at", "cache_key", "cache_expiration"));

  private static final String RENAME =
      """
      UPDATE task_run SET name = r.name, updated = r.at::timestamptz FROM %s
      WHERE task_run.id = ANY (ARRAY[r.id::uuid])
      """
          .formatted(RowBatch.unnest("r", "id", "at", "name"));

  private static final String FORGET_PARENT =
      """
      UPDATE flow_run SET parent_task_run_id = NULL FROM %s
      WHERE flow_run.parent_task_run_id = ANY (ARRAY[r.id::uuid])
      """
          .formatted(RowBatch.unnest("r", "id"));

  private static final String DELETE_STATES =
      "DELETE FROM task_run_state USING %s WHERE task_run_state.task_run_id = ANY (ARRAY[r.id::uuid])"
          .formatted(RowBatch.unnest("r", "id"));

  private static final String DELETE =
      "DELETE FROM task_run USING %s WHERE task_run.id = ANY (ARRAY[r.id::uuid])"
          .formatted(RowBatch.unnest("r", "id"));

  @Override
  public List<String> tables() {
    return List.of("task_run_state_cache", "task_run_state", "task_run");
  }

  /** Clients may have reported the same task run in the same batch. */
  @Override
  public boolean reachesOthers(LoggedEvent event) {
    return event.payload() instanceof TaskRunEvent;
  }

  @Override
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    for (LoggedEvent event : events) {
      if (event.payload() instanceof TaskRunEvent payload) {
        project(transaction, event, payload); // few: Prefect 3 clients report most runs as events
      }
    }
  }

  private static void project(Transaction transaction, LoggedEvent event, TaskRunEvent payload)
      throws SQLException {
    switch (payload) {
      case TaskRunCreated created -> create(transaction, event, created);
      case TaskRunStateSet set -> move(transaction, event, set);
      case TaskRunRenamed renamed ->
          one(transaction, RENAME, renamed.taskRunId(), event.occurred(), renamed.name());
      case TaskRunDeleted deleted -> delete(transaction, deleted.taskRunId());
      // Says what a decision was based on; the tables have it already.
      case TaskRunAdopted ignored -> {}
      case TaskRunProposalRefused ignored -> {}
    }
  }

  private static void create(Transaction transaction, LoggedEvent event, TaskRunCreated created)
      throws SQLException {
    one(
        transaction,
        CREATE,
        created.taskRunId(),
        event.occurred(),
        created.name(),
        created.flowRunId(),
        created.taskKey(),
        created.dynamicKey(),
        created.cacheKey(),
        created.cacheExpiration(),
        created.taskVersion(),
        EventCodec.JSON.writeValueAsString(created.empiricalPolicy()),
        RowBatch.arrayText(created.tags()),
        created.labels(),
        created.taskInputs());
  }

  private static void move(Transaction transaction, LoggedEvent event, TaskRunStateSet set)
      throws SQLException {
    State state = set.state();
    StateRows states = StateRows.ofTaskRuns();
    states.add(set.taskRunId(), state, event.occurred());
    states.addTo(transaction);
    one(
        transaction,
        MOVE,
        set.taskRunId(),
        event.occurred(),
        state.id(),
        state.type(),
        state.name(),
        state.timestamp(),
        set.times().runCount(),
        set.flowRunRunCount(),
        set.times().expectedStartTime(),
        set.times().nextScheduledStartTime(),
        set.times().startTime(),
        set.times().endTime(),
        set.times().totalRunTime().toNanos() / NANOS_PER_SECOND);
    if (state.type() == StateType.COMPLETED && state.stateDetails().cacheKey() != null) {
      one(
          transaction,
          CACHE,
          state.id(),
          event.occurred(),
          state.stateDetails().cacheKey(),
          state.stateDetails().cacheExpiration());
    }
  }

  private static void delete(Transaction transaction, UUID taskRunId) throws SQLException {
    one(transaction, FORGET_PARENT, taskRunId);
    one(transaction, DELETE_STATES, taskRunId);
    one(transaction, DELETE, taskRunId);
  }

  private static void one(Transaction transaction, String sql, @Nullable Object... values)
      throws SQLException {
    RowBatch row = new RowBatch(values.length);
    row.add(values);
    transaction.add(sql, row);
  }
}
