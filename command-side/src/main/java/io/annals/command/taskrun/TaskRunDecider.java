package io.annals.command.taskrun;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Created;
import io.annals.command.decision.Decision;
import io.annals.command.state.Bookkeeping;
import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.FindEnclosingFlowRun.EnclosingFlowRun;
import io.annals.command.taskrun.FindTaskRun.KnownTaskRun;
import io.annals.command.taskrun.TaskRunCommand.CreateTaskRun;
import io.annals.command.taskrun.TaskRunCommand.RenameTaskRun;
import io.annals.command.taskrun.rule.Counts;
import io.annals.command.taskrun.rule.Orchestration;
import io.annals.command.taskrun.rule.Outcome;
import io.annals.command.taskrun.rule.TagSlot;
import io.annals.command.taskrun.rule.TaskRunRules;
import io.annals.command.taskrun.rule.Transition;
import io.annals.command.taskrun.rule.Transition.FlowRunFacts;
import io.annals.command.taskrun.rule.Transition.RunFacts;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent;
import io.annals.events.taskrun.TaskRunEvent.TaskRunAdopted;
import io.annals.events.taskrun.TaskRunEvent.TaskRunCreated;
import io.annals.events.taskrun.TaskRunEvent.TaskRunDeleted;
import io.annals.events.taskrun.TaskRunEvent.TaskRunProposalRefused;
import io.annals.events.taskrun.TaskRunEvent.TaskRunRenamed;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides what becomes of commands about task runs. Pure: ids, names, chance and the time come in.
 */
final class TaskRunDecider {
  private static final String FLOW_RUN_ID_LABEL = "prefect.flow-run.id";

  private TaskRunDecider() {}

  /**
   * What a new run needs beside the command.
   *
   * @param spareName the name of a run that was given none
   * @param first its first state
   */
  record Beginning(UUID taskRunId, String spareName, Proposal first) {}

  /**
   * A state that a run may enter.
   *
   * @param force whether no rules are asked, except about tasks that run in the background
   */
  record Proposal(State state, boolean force, Surroundings surroundings, Instant now) {}

  /**
   * What rules ask about beside the run.
   *
   * @param flowRun the enclosing flow run, null when there is none or when no rule asks about it
   * @param cached the state that the proposed one's cache key stands for
   * @param slot the slots of its tags
   * @param chance a random number from 0 up to 1
   */
  record Surroundings(
      @Nullable EnclosingFlowRun flowRun, @Nullable State cached, TagSlot slot, double chance) {}

  /** The first state of a new run, before it has an identity and a time. */
  static ProposedState firstState(CreateTaskRun command) {
    return command.state() == null ? ProposedState.of(StateType.PENDING) : command.state();
  }

  static Decision<TaskRunEvent, Created> create(CreateTaskRun command, Beginning beginning) {
    TaskRunCreated created =
        new TaskRunCreated(
            beginning.taskRunId(),
            command.flowRunId(),
            orSpare(command.name(), beginning.spareName()),
            command.taskKey(),
            command.dynamicKey(),
            command.cacheKey(),
            command.cacheExpiration(),
            command.taskVersion(),
            command.empiricalPolicy(),
            command.tags(),
            labels(command, beginning.first().surroundings().flowRun()),
            command.taskInputs());
    TaskRun run = Objects.requireNonNull(TaskRun.evolve(null, created), "a created run exists");
    List<TaskRunEvent> events = new ArrayList<>();
    events.add(created);
    events.addAll(setState(run, beginning.first()).events());
    return new Decision<>(events, new Created(run.id(), true));
  }

  /** The flow run's labels, then the one that names it, then the caller's: later ones win. */
  private static JsonNode labels(CreateTaskRun command, @Nullable EnclosingFlowRun flowRun) {
    ObjectNode labels = JsonNodeFactory.instance.objectNode();
    if (flowRun != null) {
      labels.setAll(flowRun.labels());
    }
    if (command.flowRunId() != null) {
      labels.put(FLOW_RUN_ID_LABEL, command.flowRunId().toString());
    }
    labels.setAll(command.labels());
    return labels;
  }

  /**
   * The note that a client has reported a run, or a newer state of it, that its own events do not
   * tell of; null when there is nothing to note.
   *
   * @param told the run as its events tell, null when there are none
   */
  static @Nullable TaskRunAdopted adopt(
      @Nullable TaskRun told, UUID taskRunId, KnownTaskRun known) {
    if (told != null && !isNews(told.state(), known.state())) {
      return null;
    }
    return new TaskRunAdopted(
        taskRunId,
        known.flowRunId(),
        known.name(),
        known.state(),
        known.times(),
        known.flowRunRunCount(),
        known.empiricalPolicy(),
        known.tags());
  }

  /** Later timestamps win; an earlier state that is known is one not yet caught up with. */
  private static boolean isNews(@Nullable State told, @Nullable State known) {
    if (known == null || told == null) {
      return known != null;
    }
    return !known.id().equals(told.id()) && !known.timestamp().isBefore(told.timestamp());
  }

  static Decision<TaskRunEvent, Answer> setState(TaskRun run, Proposal proposal) {
    State proposed = proposal.state();
    Surroundings around = proposal.surroundings();
    EnclosingFlowRun flowRun = around.flowRun();
    RunFacts facts =
        new RunFacts(
            run.id(),
            run.flowRunId(),
            run.policy(),
            flowRun == null ? null : new FlowRunFacts(flowRun.state(), flowRun.runCount()),
            around.cached(),
            around.slot(),
            around.chance());
    Counts counts = new Counts(run.times().runCount(), run.flowRunRunCount());
    Outcome outcome =
        Orchestration.of(
            TaskRunRules.governing(proposed, proposal.force()),
            new Transition(facts, run.state(), proposed, counts, proposal.now()));
    State entered = outcome.state();
    return entered == null
        ? stays(run, proposed, outcome)
        : moves(run, entered, proposed.type(), outcome);
  }

  private static Decision<TaskRunEvent, Answer> moves(
      TaskRun run, State entered, StateType intended, Outcome outcome) {
    State state = entered.with(entered.stateDetails().ofRuns(run.flowRunId(), run.id()));
    RunTimes before = counting(run.times(), outcome.counts().runCount());
    TaskRunStateSet set =
        new TaskRunStateSet(
            run.id(),
            state,
            intended,
            outcome.status(),
            outcome.rule(),
            outcome.reason(),
            Bookkeeping.after(before, run.state(), state, true),
            outcome.counts().flowRunRunCount());
    return new Decision<>(
        List.of(set), new Answer(state, outcome.status(), outcome.reason(), null, true));
  }

  private static RunTimes counting(RunTimes times, int runCount) {
    return new RunTimes(
        runCount,
        times.startTime(),
        times.endTime(),
        times.totalRunTime(),
        times.expectedStartTime(),
        times.nextScheduledStartTime());
  }

  private static Decision<TaskRunEvent, Answer> stays(
      TaskRun run, State proposed, Outcome outcome) {
    if (outcome.rule() == null || outcome.reason() == null) {
      throw new IllegalStateException("a proposal was dropped by no rule");
    }
    TaskRunProposalRefused refused =
        new TaskRunProposalRefused(
            run.id(),
            proposed.type(),
            proposed.name(),
            outcome.status(),
            outcome.rule(),
            outcome.reason(),
            outcome.delaySeconds());
    return new Decision<>(
        List.of(refused),
        new Answer(run.state(), outcome.status(), outcome.reason(), outcome.delaySeconds(), false));
  }

  static List<TaskRunEvent> rename(TaskRun run, RenameTaskRun command, String spareName) {
    List<TaskRunEvent> events = new ArrayList<>();
    command
        .name()
        .ifGiven(name -> events.add(new TaskRunRenamed(run.id(), orSpare(name, spareName))));
    return events;
  }

  static TaskRunEvent delete(TaskRun run) {
    return new TaskRunDeleted(run.id());
  }

  private static String orSpare(@Nullable String name, String spareName) {
    return name == null || name.isEmpty() ? spareName : name;
  }
}
