package io.annals.query.state;

import io.annals.events.log.EventCodec;
import io.annals.events.sql.RowBatch;
import io.annals.events.sql.RowStatement;
import io.annals.events.sql.Transaction;
import io.annals.events.state.State;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * States on their way into a state table, and their results into artifacts. A result's artifact has
 * the state's id, so that a replay gives the same one.
 */
public final class StateRows {
  private static final String INSERT_ARTIFACTS =
      """
      INSERT INTO artifact (id, created, updated, key, type, description, data, flow_run_id, task_run_id)
      SELECT id::uuid, created::timestamptz, created::timestamptz, key, type, description, data::json,
          flow_run_id::uuid, task_run_id::uuid
      FROM %s
      ON CONFLICT (id) DO NOTHING
      """
          .formatted(
              RowBatch.unnest(
                  "a",
                  "id",
                  "created",
                  "key",
                  "type",
                  "description",
                  "data",
                  "flow_run_id",
                  "task_run_id"));

  private static final RowStatement INSERT_FLOW_RUN_STATES =
      insert("flow_run_state", "flow_run_id");
  private static final RowStatement INSERT_TASK_RUN_STATES =
      insert("task_run_state", "task_run_id");

  private final RowStatement insertStates;
  private final RowBatch states;
  private final RowBatch artifacts = new RowBatch(8);

  private StateRows(RowStatement insertStates) {
    this.insertStates = insertStates;
    this.states = insertStates.rows();
  }

  /** States of flow runs. */
  public static StateRows ofFlowRuns() {
    return new StateRows(INSERT_FLOW_RUN_STATES);
  }

  /** States of task runs. */
  public static StateRows ofTaskRuns() {
    return new StateRows(INSERT_TASK_RUN_STATES);
  }

  private static RowStatement insert(String table, String runColumn) {
    return new RowStatement(
        """
    INSERT INTO %s (id, %s, type, name, timestamp, message, state_details, result_artifact_id)
    SELECT id::uuid, run_id::uuid, type, name, timestamp::timestamptz, message, state_details::json,
        result_artifact_id::uuid
    FROM %%s
    ON CONFLICT (id) DO NOTHING
    """
            .formatted(table, runColumn),
        "s",
        "id",
        "run_id",
        "type",
        "name",
        "timestamp",
        "message",
        "state_details",
        "result_artifact_id");
  }

  /**
   * Adds a state of a run.
   *
   * @param created when its result's artifact was created
   */
  public void add(UUID runId, State state, Instant created) {
    UUID artifactId = isStored(state.data()) ? state.id() : null;
    states.add(
        state.id(),
        runId,
        state.type(),
        state.name(),
        state.timestamp(),
        state.message(),
        EventCodec.JSON.writeValueAsString(state.stateDetails()),
        artifactId);
    if (artifactId != null && state.data() != null) {
      addArtifact(state, state.data(), created);
    }
  }

  /** Prefect does not store results that the client keeps to itself. */
  private static boolean isStored(@Nullable JsonNode data) {
    return data != null
        && !data.isNull()
        && !(data.isObject() && "unpersisted".equals(data.path("type").asString("")));
  }

  private void addArtifact(State state, JsonNode data, Instant created) {
    JsonNode kept = data;
    String key = null;
    String type = null;
    String description = null;
    if (data instanceof ObjectNode object) {
      ObjectNode rest = object.deepCopy();
      key = taken(rest, "artifact_key");
      type = taken(rest, "artifact_type");
      description = taken(rest, "artifact_description");
      kept = rest;
    }
    artifacts.add(
        state.id(),
        created,
        key,
        type,
        description,
        kept.toString(),
        state.stateDetails().flowRunId(),
        state.stateDetails().taskRunId());
  }

  private static @Nullable String taken(ObjectNode object, String key) {
    JsonNode value = object.remove(key);
    return value == null || value.isNull() ? null : value.asString();
  }

  /** Adds the statements that write what was added. */
  public void addTo(Transaction transaction) throws SQLException {
    transaction.add(INSERT_ARTIFACTS, artifacts);
    insertStates.addTo(transaction, states);
  }
}
