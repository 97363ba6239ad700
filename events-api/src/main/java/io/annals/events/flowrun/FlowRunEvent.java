package io.annals.events.flowrun;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import io.annals.events.state.CreatedBy;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What happens to a flow run. */
public sealed interface FlowRunEvent extends DomainEvent {
  /** The flow run concerned. */
  UUID flowRunId();

  /** A flow run was created; its first state, if any, follows as an event of its own. */
  @StoredAs("flowrun.created")
  record FlowRunCreated(
      UUID flowRunId,
      UUID flowId,
      String name,
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
      JsonNode labels,
      @Nullable UUID parentTaskRunId,
      boolean autoScheduled,
      @Nullable UUID infrastructureDocumentId,
      @Nullable String infrastructurePid,
      JsonNode jobVariables,
      @Nullable CreatedBy createdBy)
      implements FlowRunEvent {}

  /**
   * A flow run moved to a state: the proposed one, or the one a rule put in its place.
   *
   * @param intended the type that was asked for
   * @param status ACCEPT, or REJECT when a rule substituted the state
   * @param rule the rule that substituted the state
   * @param reason that rule's reason
   */
  @StoredAs("flowrun.state-set")
  record FlowRunStateSet(
      UUID flowRunId,
      State state,
      StateType intended,
      ProposalStatus status,
      @Nullable String rule,
      @Nullable String reason,
      RunTimes times,
      EmpiricalPolicy empiricalPolicy)
      implements FlowRunEvent {}

  /**
   * A proposed state was turned away and the run stayed where it was.
   *
   * @param delaySeconds for WAIT: when to ask again
   * @param empiricalPolicy the policy afterwards: some rules change it even when they refuse
   */
  @StoredAs("flowrun.proposal-refused")
  record FlowRunProposalRefused(
      UUID flowRunId,
      StateType proposedType,
      String proposedName,
      ProposalStatus status,
      String rule,
      String reason,
      @Nullable Integer delaySeconds,
      EmpiricalPolicy empiricalPolicy)
      implements FlowRunEvent {}

  /** A flow run got another name. */
  @StoredAs("flowrun.renamed")
  record FlowRunRenamed(UUID flowRunId, String name) implements FlowRunEvent {}

  /** The version of the flow that a run executes became known. */
  @StoredAs("flowrun.flow-version-set")
  record FlowRunFlowVersionSet(UUID flowRunId, @Nullable String flowVersion)
      implements FlowRunEvent {}

  /** A flow run's parameters were replaced. */
  @StoredAs("flowrun.parameters-set")
  record FlowRunParametersSet(UUID flowRunId, JsonNode parameters) implements FlowRunEvent {}

  /** A flow run's policy was replaced by its client. */
  @StoredAs("flowrun.policy-set")
  record FlowRunPolicySet(UUID flowRunId, EmpiricalPolicy empiricalPolicy)
      implements FlowRunEvent {}

  /** A flow run's tags were replaced. */
  @StoredAs("flowrun.tagged")
  record FlowRunTagged(UUID flowRunId, List<String> tags) implements FlowRunEvent {}

  /** A flow run's labels were merged; these are all labels afterwards. */
  @StoredAs("flowrun.labelled")
  record FlowRunLabelled(UUID flowRunId, JsonNode labels) implements FlowRunEvent {}

  /** The process, container or job that executes a run became known. */
  @StoredAs("flowrun.infrastructure-assigned")
  record FlowRunInfrastructureAssigned(UUID flowRunId, @Nullable String infrastructurePid)
      implements FlowRunEvent {}

  /** A flow run's job variables were replaced. */
  @StoredAs("flowrun.job-variables-set")
  record FlowRunJobVariablesSet(UUID flowRunId, JsonNode jobVariables) implements FlowRunEvent {}

  /** An input for a flow run was stored under a key that was free. */
  @StoredAs("flowrun.input-stored")
  record FlowRunInputStored(
      UUID flowRunId, UUID inputId, String key, String value, @Nullable String sender)
      implements FlowRunEvent {}

  /** An input of a flow run was deleted. */
  @StoredAs("flowrun.input-deleted")
  record FlowRunInputDeleted(UUID flowRunId, String key) implements FlowRunEvent {}

  /** A flow run is gone, with its task runs, states, inputs and logs. */
  @StoredAs("flowrun.deleted")
  record FlowRunDeleted(UUID flowRunId) implements FlowRunEvent {}
}
