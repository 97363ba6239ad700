package io.annals.query.flowrun;

import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputDeleted;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputStored;
import io.annals.events.flowrun.FlowRunEvent.FlowRunProposalRefused;
import io.annals.events.log.EventCodec;
import io.annals.events.sql.RowBatch;
import io.annals.events.sql.RowStatement;
import io.annals.events.sql.Transaction;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements that write the tables of flow runs. */
final class FlowRunStatements {
  private static final double NANOS_PER_SECOND = 1e9;

  private static final String[] NEW_RUN = {
    "id",
    "created",
    "updated",
    "name",
    "flow_id",
    "deployment_id",
    "deployment_version",
    "work_queue_id",
    "work_queue_name",
    "flow_version",
    "parameters",
    "idempotency_key",
    "context",
    "empirical_policy",
    "tags",
    "labels",
    "parent_task_run_id",
    "auto_scheduled",
    "infrastructure_document_id",
    "infrastructure_pid",
    "job_variables",
    "created_by",
    "state_id",
    "state_type",
    "state_name",
    "state_timestamp",
    "run_count",
    "expected_start_time",
    "next_scheduled_start_time",
    "start_time",
    "end_time",
    "total_run_time",
    "shown_start_time"
  };

  private static final RowStatement CREATE =
      new RowStatement(
          """
      INSERT INTO flow_run (%s)
      SELECT id::uuid, created::timestamptz, updated::timestamptz, name, flow_id::uuid,
          deployment_id::uuid, deployment_version, work_queue_id::uuid, work_queue_name, flow_version,
          parameters::json, idempotency_key, context::json, empirical_policy::json, tags::text[],
          labels::json, parent_task_run_id::uuid, auto_scheduled::boolean,
          infrastructure_document_id::uuid, infrastructure_pid, job_variables::json,
          created_by::json, state_id::uuid, state_type, state_name, state_timestamp::timestamptz,
          run_count::int, expected_start_time::timestamptz, next_scheduled_start_time::timestamptz,
          start_time::timestamptz, end_time::timestamptz, total_run_time::float8,
          shown_start_time::timestamptz
      FROM %%s
      """
              .formatted(String.join(", ", NEW_RUN)),
          "r",
          NEW_RUN);

  private static final String[] MOVE_COLUMNS = {
    "id",
    "updated",
    "empirical_policy",
    "state_id",
    "state_type",
    "state_name",
    "state_timestamp",
    "run_count",
    "expected_start_time",
    "next_scheduled_start_time",
    "start_time",
    "end_time",
    "total_run_time",
    "shown_start_time"
  };

  private static final RowStatement MOVE =
      new RowStatement(
          """
      UPDATE flow_run SET updated = r.updated::timestamptz,
          empirical_policy = r.empirical_policy::json, state_id = r.state_id::uuid,
          state_type = r.state_type, state_name = r.state_name,
          state_timestamp = r.state_timestamp::timestamptz, run_count = r.run_count::int,
          expected_start_time = r.expected_start_time::timestamptz,
          next_scheduled_start_time = r.next_scheduled_start_time::timestamptz,
          start_time = r.start_time::timestamptz, end_time = r.end_time::timestamptz,
          total_run_time = r.total_run_time::float8,
          shown_start_time = r.shown_start_time::timestamptz
      FROM %s
      WHERE flow_run.id = ANY (ARRAY[r.id::uuid])
      """,
          "r", MOVE_COLUMNS);

  static final String RENAME =
      "UPDATE flow_run SET name = ?, updated = ?::timestamptz WHERE id = ?";
  static final String SET_FLOW_VERSION =
      "UPDATE flow_run SET flow_version = ?, updated = ?::timestamptz WHERE id = ?";
  static final String SET_PARAMETERS =
      "UPDATE flow_run SET parameters = ?::json, updated = ?::timestamptz WHERE id = ?";
  static final String SET_POLICY =
      "UPDATE flow_run SET empirical_policy = ?::json, updated = ?::timestamptz WHERE id = ?";
  static final String SET_TAGS =
      "UPDATE flow_run SET tags = ?::text[], updated = ?::timestamptz WHERE id = ?";
  static final String SET_LABELS =
      "UPDATE flow_run SET labels = ?::json, updated = ?::timestamptz WHERE id = ?";
  static final String SET_INFRASTRUCTURE =
      "UPDATE flow_run SET infrastructure_pid = ?, updated = ?::timestamptz WHERE id = ?";
  static final String SET_JOB_VARIABLES =
      "UPDATE flow_run SET job_variables = ?::json, updated = ?::timestamptz WHERE id = ?";

  private static final String REMEMBER_POLICY =
      "UPDATE flow_run SET empirical_policy = ?::json WHERE id = ?";

  private static final String STORE_INPUT =
      """
      INSERT INTO flow_run_input (id, created, updated, flow_run_id, key, value, sender)
      VALUES (?, ?::timestamptz, ?::timestamptz, ?, ?, ?, ?)
      """;

  private static final String DELETE_INPUT =
      "DELETE FROM flow_run_input WHERE flow_run_id = ? AND key = ?";

  /** Children first; logs go later, by a job. Subflows stay, without their parent. */
  private static final List<String> DELETE =
      List.of(
          "DELETE FROM flow_run_input WHERE flow_run_id = ?",
          "DELETE FROM flow_run_state WHERE flow_run_id = ?",
          """
          UPDATE flow_run SET parent_task_run_id = NULL
          WHERE parent_task_run_id IN (SELECT id FROM task_run WHERE flow_run_id = ?)
          """,
          """
          DELETE FROM task_run_state WHERE task_run_id IN
              (SELECT id FROM task_run WHERE flow_run_id = ?)
          """,
          "DELETE FROM task_run WHERE flow_run_id = ?",
          "DELETE FROM flow_run WHERE id = ?");

  private FlowRunStatements() {}

  static String json(Object value) {
    return EventCodec.JSON.writeValueAsString(value);
  }

  static String tags(List<String> tags) {
    return RowBatch.arrayText(tags);
  }

  static void create(Transaction transaction, Collection<NewFlowRun> runs) throws SQLException {
    RowBatch rows = CREATE.rows();
    for (NewFlowRun run : runs) {
      add(rows, run);
    }
    CREATE.addTo(transaction, rows);
  }

  private static void add(RowBatch rows, NewFlowRun run) {
    FlowRunCreated created = run.created();
    NewState moved = run.state();
    State state = moved == null ? null : moved.set().state();
    RunTimes times = moved == null ? RunTimes.NONE : moved.set().times();
    rows.add(
        created.flowRunId(),
        run.createdAt(),
        moved == null ? run.createdAt() : moved.at(),
        created.name(),
        created.flowId(),
        created.deploymentId(),
        created.deploymentVersion(),
        created.workQueueId(),
        created.workQueueName(),
        created.flowVersion(),
        created.parameters(),
        created.idempotencyKey(),
        created.context(),
        json(moved == null ? created.empiricalPolicy() : moved.set().empiricalPolicy()),
        tags(created.tags()),
        created.labels(),
        created.parentTaskRunId(),
        created.autoScheduled(),
        created.infrastructureDocumentId(),
        created.infrastructurePid(),
        created.jobVariables(),
        created.createdBy() == null ? null : json(created.createdBy()),
        state == null ? null : state.id(),
        state == null ? null : state.type(),
        state == null ? null : state.name(),
        state == null ? null : state.timestamp(),
        times.runCount(),
        times.expectedStartTime(),
        times.nextScheduledStartTime(),
        times.startTime(),
        times.endTime(),
        seconds(times),
        shownStartTime(times));
  }

  static void move(Transaction transaction, Collection<NewState> states) throws SQLException {
    RowBatch rows = MOVE.rows();
    for (NewState moved : states) {
      State state = moved.set().state();
      RunTimes times = moved.set().times();
      rows.add(
          moved.set().flowRunId(),
          moved.at(),
          json(moved.set().empiricalPolicy()),
          state.id(),
          state.type(),
          state.name(),
          state.timestamp(),
          times.runCount(),
          times.expectedStartTime(),
          times.nextScheduledStartTime(),
          times.startTime(),
          times.endTime(),
          seconds(times),
          shownStartTime(times));
    }
    MOVE.addTo(transaction, rows);
  }

  static double seconds(RunTimes times) {
    return times.totalRunTime().toNanos() / NANOS_PER_SECOND;
  }

  private static @Nullable Instant shownStartTime(RunTimes times) {
    return times.startTime() != null ? times.startTime() : times.expectedStartTime();
  }

  static void set(
      Connection connection, String sql, UUID flowRunId, @Nullable Object value, Instant at)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value == null ? null : value.toString());
      statement.setString(2, at.toString());
      statement.setObject(3, flowRunId);
      statement.executeUpdate();
    }
  }

  /** Nobody waits for it: a refusal stays one round trip (docs/decisions/0009). */
  static void rememberPolicy(Transaction transaction, FlowRunProposalRefused refused)
      throws SQLException {
    String policy = json(refused.empiricalPolicy());
    transaction.add(
        REMEMBER_POLICY,
        (connection, statement, first) -> {
          statement.setString(first, policy);
          statement.setObject(first + 1, refused.flowRunId());
          return first + 2;
        });
  }

  static void storeInput(Connection connection, FlowRunInputStored input, Instant at)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STORE_INPUT)) {
      statement.setObject(1, input.inputId());
      statement.setString(2, at.toString());
      statement.setString(3, at.toString());
      statement.setObject(4, input.flowRunId());
      statement.setString(5, input.key());
      statement.setString(6, input.value());
      statement.setString(7, input.sender());
      statement.executeUpdate();
    }
  }

  static void deleteInput(Connection connection, FlowRunInputDeleted input) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DELETE_INPUT)) {
      statement.setObject(1, input.flowRunId());
      statement.setString(2, input.key());
      statement.executeUpdate();
    }
  }

  static void delete(Connection connection, UUID flowRunId) throws SQLException {
    for (String sql : DELETE) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setObject(1, flowRunId);
        statement.executeUpdate();
      }
    }
  }
}
