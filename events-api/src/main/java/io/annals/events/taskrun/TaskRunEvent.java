package io.annals.events.taskrun;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What happens to a task run over REST. What clients report of theirs is observed, not decided. */
public sealed interface TaskRunEvent extends DomainEvent {
  /** The task run concerned. */
  UUID taskRunId();

  /** A task run was created; its first state, if any, follows as an event of its own. */
  @StoredAs("taskrun.created")
  record TaskRunCreated(
      UUID taskRunId,
      @Nullable UUID flowRunId,
      String name,
      String taskKey,
      String dynamicKey,
      @Nullable String cacheKey,
      @Nullable Instant cacheExpiration,
      @Nullable String taskVersion,
      TaskRunPolicy empiricalPolicy,
      List<String> tags,
      JsonNode labels,
      JsonNode taskInputs)
      implements TaskRunEvent {}

  /**
   * The server took note of what a client had reported about a run, to decide on top of it. Such a
   * run, or its last state, is known from observed events only.
   */
  @StoredAs("taskrun.adopted")
  record TaskRunAdopted(
      UUID taskRunId,
      @Nullable UUID flowRunId,
      String name,
      @Nullable State state,
      RunTimes times,
      int flowRunRunCount,
      TaskRunPolicy empiricalPolicy,
      List<String> tags)
      implements TaskRunEvent {}

  /**
   * A task run moved to a state: the proposed one, or the one a rule put in its place.
   *
   * @param flowRunRunCount the enclosing flow run's run count when the task run last started
   */
  @StoredAs("taskrun.state-set")
  record TaskRunStateSet(
      UUID taskRunId,
      State state,
      StateType intended,
      ProposalStatus status,
      @Nullable String rule,
      @Nullable String reason,
      RunTimes times,
      int flowRunRunCount)
      implements TaskRunEvent {}

  /** A proposed state was turned away and the run stayed where it was. */
  @StoredAs("taskrun.proposal-refused")
  record TaskRunProposalRefused(
      UUID taskRunId,
      StateType proposedType,
      String proposedName,
      ProposalStatus status,
      String rule,
      String reason,
      @Nullable Integer delaySeconds)
      implements TaskRunEvent {}

  /** A task run got another name. */
  @StoredAs("taskrun.renamed")
  record TaskRunRenamed(UUID taskRunId, String name) implements TaskRunEvent {}

  /** A task run is gone, with its states and logs. */
  @StoredAs("taskrun.deleted")
  record TaskRunDeleted(UUID taskRunId) implements TaskRunEvent {}
}
