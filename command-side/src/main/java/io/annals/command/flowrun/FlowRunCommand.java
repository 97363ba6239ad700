package io.annals.command.flowrun;

import io.annals.command.decision.Change;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.CreatedBy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What may be asked of flow runs. */
public sealed interface FlowRunCommand {
  /** A command about a run that is there already. */
  sealed interface OfOneRun extends FlowRunCommand {
    /** The flow run concerned. */
    UUID flowRunId();
  }

  /**
   * Create a flow run, or find the one with the same idempotency key. Answers {@code Created}.
   *
   * @param name null or empty for a name made up by the server
   * @param labels the caller's own labels
   * @param state null for PENDING
   */
  record CreateFlowRun(
      UUID flowId,
      @Nullable String name,
      @Nullable UUID deploymentId,
      @Nullable String deploymentVersion,
      @Nullable UUID workQueueId,
      @Nullable String workQueueName,
      @Nullable String flowVersion,
      JsonNode parameters,
      @Nullable String idempotencyKey,
      JsonNode context,
      EmpiricalPolicy empiricalPolicy,
      List<String> tags,
      ObjectNode labels,
      @Nullable UUID parentTaskRunId,
      @Nullable UUID infrastructureDocumentId,
      JsonNode jobVariables,
      @Nullable CreatedBy createdBy,
      @Nullable ProposedState state,
      Client client)
      implements FlowRunCommand {}

  /**
   * Propose a state. Answers {@code Answer}.
   *
   * @param force whether only the few rules that cannot be overridden are asked
   */
  record SetFlowRunState(UUID flowRunId, ProposedState proposed, boolean force, Client client)
      implements OfOneRun {}

  /**
   * Propose a state for the server itself, unless the run has left the one it was seen in. Answers
   * whether the run moved.
   */
  record LeaveFlowRunState(UUID flowRunId, UUID fromStateId, ProposedState proposed, boolean force)
      implements OfOneRun {}

  /** Mark a scheduled run late whose time has passed. Answers {@code Answer}. */
  record MarkFlowRunLate(UUID flowRunId) implements OfOneRun {}

  /** Let a paused run go on, perhaps with an input. Answers {@code ResumeAnswer}. */
  record ResumeFlowRun(UUID flowRunId, @Nullable ObjectNode runInput, Client client)
      implements OfOneRun {}

  /** Change what is known about a run. No answer. */
  record UpdateFlowRun(
      UUID flowRunId,
      Change<@Nullable String> name,
      Change<@Nullable String> flowVersion,
      Change<JsonNode> parameters,
      Change<EmpiricalPolicy> empiricalPolicy,
      Change<List<String>> tags,
      Change<@Nullable String> infrastructurePid,
      Change<@Nullable JsonNode> jobVariables)
      implements OfOneRun {}

  /** Merge labels into those a run has. No answer. */
  record LabelFlowRun(UUID flowRunId, ObjectNode labels) implements OfOneRun {}

  /** Store an input under a key that is free. No answer. */
  record StoreFlowRunInput(UUID flowRunId, String key, String value, @Nullable String sender)
      implements OfOneRun {}

  /** Delete an input. No answer. */
  record DeleteFlowRunInput(UUID flowRunId, String key) implements OfOneRun {}

  /** Delete a run with all that belongs to it. No answer. */
  record DeleteFlowRun(UUID flowRunId) implements OfOneRun {}

  /**
   * Delete a run that ended long ago, unless it goes on again or has ended once more since it was
   * looked at. No answer.
   */
  record DeleteEndedFlowRun(UUID flowRunId, Instant endedBefore) implements OfOneRun {}
}
