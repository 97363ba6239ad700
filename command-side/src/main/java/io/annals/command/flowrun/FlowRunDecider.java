package io.annals.command.flowrun;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Created;
import io.annals.command.decision.Decision;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRunInput;
import io.annals.command.flowrun.FlowRunCommand.LabelFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.flowrun.FlowRunCommand.StoreFlowRunInput;
import io.annals.command.flowrun.FlowRunCommand.UpdateFlowRun;
import io.annals.command.flowrun.rule.DeploymentSlot;
import io.annals.command.flowrun.rule.FlowRunRules;
import io.annals.command.flowrun.rule.Orchestration;
import io.annals.command.flowrun.rule.Outcome;
import io.annals.command.flowrun.rule.Transition;
import io.annals.command.flowrun.rule.Transition.RunFacts;
import io.annals.command.flowrun.rule.TransitionRule;
import io.annals.command.state.Bookkeeping;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunDeleted;
import io.annals.events.flowrun.FlowRunEvent.FlowRunFlowVersionSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInfrastructureAssigned;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputDeleted;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputStored;
import io.annals.events.flowrun.FlowRunEvent.FlowRunJobVariablesSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunLabelled;
import io.annals.events.flowrun.FlowRunEvent.FlowRunParametersSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunPolicySet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunProposalRefused;
import io.annals.events.flowrun.FlowRunEvent.FlowRunRenamed;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunTagged;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides what becomes of commands about flow runs. Pure: ids, names and the time come in. */
final class FlowRunDecider {

  private FlowRunDecider() {}

  /**
   * What a new run needs beside the command.
   *
   * @param spareName the name of a run that was given none
   * @param inherited labels of the deployment, or else of the flow
   */
  record Beginning(
      UUID flowRunId, UUID stateId, String spareName, ObjectNode inherited, Instant now) {}

  static Decision<FlowRunEvent, Created> create(CreateFlowRun command, Beginning beginning) {
    FlowRunCreated created =
        new FlowRunCreated(
            beginning.flowRunId(),
            command.flowId(),
            orSpare(command.name(), beginning.spareName()),
            command.deploymentId(),
            command.deploymentVersion(),
            command.workQueueId(),
            command.workQueueName(),
            command.flowVersion(),
            command.parameters(),
            command.idempotencyKey(),
            command.context(),
            command.empiricalPolicy(),
            command.tags(),
            labels(command, beginning.inherited()),
            command.parentTaskRunId(),
            false,
            command.infrastructureDocumentId(),
            null,
            command.jobVariables(),
            command.createdBy());
    FlowRun run = FlowRun.evolve(null, created);
    if (run == null) {
      throw new IllegalStateException("a created run exists");
    }
    ProposedState first =
        command.state() == null ? ProposedState.of(StateType.PENDING) : command.state();
    SetFlowRunState setState = new SetFlowRunState(run.id(), first, true, command.client());
    List<FlowRunEvent> events = new ArrayList<>();
    events.add(created);
    DeploymentSlot slot = new DeploymentSlot.NotAsked();
    events.addAll(setState(run, setState, slot, beginning.stateId(), beginning.now()).events());
    return new Decision<>(events, new Created(run.id(), true));
  }

  /** What is inherited, then the label that names the flow, then the caller's: later ones win. */
  private static JsonNode labels(CreateFlowRun command, ObjectNode inherited) {
    return SystemLabels.ofFlow(inherited, command.flowId()).setAll(command.labels());
  }

  static Decision<FlowRunEvent, Answer> setState(
      FlowRun run, SetFlowRunState command, DeploymentSlot slot, UUID stateId, Instant now) {
    State proposed = command.proposed().stamped(stateId, now);
    List<TransitionRule> order = command.force() ? FlowRunRules.MINIMAL : FlowRunRules.CORE;
    return judged(run, order, proposed, command.client(), slot, now);
  }

  /** Late is a name for the same state: what it was scheduled for stays. */
  static Decision<FlowRunEvent, Answer> markLate(
      FlowRun run, DeploymentSlot slot, UUID stateId, Instant now) {
    State from = run.state();
    StateDetails details =
        from == null
            ? StateDetails.NONE
            : StateDetails.NONE.at(from.stateDetails().scheduledTime());
    State late =
        new ProposedState(StateType.SCHEDULED, "Late", null, null, details).stamped(stateId, now);
    return judged(run, FlowRunRules.MARK_LATE, late, Client.UNKNOWN, slot, now);
  }

  private static Decision<FlowRunEvent, Answer> judged(
      FlowRun run,
      List<TransitionRule> order,
      State proposed,
      Client client,
      DeploymentSlot slot,
      Instant now) {
    RunFacts facts =
        new RunFacts(
            run.deploymentId(),
            run.parentTaskRunId(),
            run.infrastructurePid(),
            run.times().runCount(),
            slot);
    Transition transition = new Transition(facts, run.state(), proposed, run.policy(), client, now);
    Outcome outcome = Orchestration.of(order, transition);
    State entered = outcome.state();
    return entered == null
        ? stays(run, proposed, outcome)
        : moves(run, entered, proposed.type(), outcome);
  }

  private static Decision<FlowRunEvent, Answer> moves(
      FlowRun run, State entered, StateType intended, Outcome outcome) {
    UUID parent = run.parentTaskRunId();
    StateDetails details = entered.stateDetails();
    State state =
        new State(
            entered.id(),
            entered.type(),
            entered.name(),
            Bookkeeping.freeTimestamp(entered.timestamp(), run.timestamps()::contains),
            entered.message(),
            entered.data(),
            details.ofRuns(run.id(), parent == null ? details.taskRunId() : parent));
    RunTimes times =
        Bookkeeping.after(run.times(), run.state(), state, !outcome.continuesPausedRun());
    FlowRunStateSet set =
        new FlowRunStateSet(
            run.id(),
            state,
            intended,
            outcome.status(),
            outcome.rule(),
            outcome.reason(),
            times,
            outcome.policy());
    return new Decision<>(
        List.of(set), new Answer(state, outcome.status(), outcome.reason(), null, true));
  }

  private static Decision<FlowRunEvent, Answer> stays(
      FlowRun run, State proposed, Outcome outcome) {
    if (outcome.rule() == null || outcome.reason() == null) {
      throw new IllegalStateException("a proposal was dropped by no rule");
    }
    FlowRunProposalRefused refused =
        new FlowRunProposalRefused(
            run.id(),
            proposed.type(),
            proposed.name(),
            outcome.status(),
            outcome.rule(),
            outcome.reason(),
            outcome.delaySeconds(),
            outcome.policy());
    return new Decision<>(
        List.of(refused),
        new Answer(run.state(), outcome.status(), outcome.reason(), outcome.delaySeconds(), false));
  }

  static List<FlowRunEvent> update(FlowRun run, UpdateFlowRun command, String spareName) {
    List<FlowRunEvent> events = new ArrayList<>();
    UUID id = run.id();
    command
        .jobVariables()
        .ifGiven(
            variables -> {
              requireJobVariablesCanChange(run, variables);
              JsonNode stored = variables == null ? NullNode.getInstance() : variables;
              events.add(new FlowRunJobVariablesSet(id, stored));
            });
    command.name().ifGiven(name -> events.add(new FlowRunRenamed(id, orSpare(name, spareName))));
    command.flowVersion().ifGiven(version -> events.add(new FlowRunFlowVersionSet(id, version)));
    command
        .parameters()
        .ifGiven(parameters -> events.add(new FlowRunParametersSet(id, parameters)));
    command.empiricalPolicy().ifGiven(policy -> events.add(new FlowRunPolicySet(id, policy)));
    command.tags().ifGiven(tags -> events.add(new FlowRunTagged(id, tags)));
    command
        .infrastructurePid()
        .ifGiven(pid -> events.add(new FlowRunInfrastructureAssigned(id, pid)));
    return events;
  }

  /** Job variables say how the process is started, so they are fixed once it may have been. */
  private static void requireJobVariablesCanChange(FlowRun run, @Nullable JsonNode variables) {
    if (variables == null || variables.isNull()) {
      return;
    }
    State state = run.state();
    if (state == null) {
      throw badRequest("Flow run state is required to update job variables but none exists");
    }
    if (state.type() != StateType.SCHEDULED) {
      throw badRequest(
          "Job variables for a flow run in state " + state.type() + " cannot be updated");
    }
    if (run.deploymentId() == null) {
      throw FlowRunRefusals.DEPLOYMENT_MISSING.asException();
    }
  }

  private static RuntimeException badRequest(String text) {
    return new Refusal(Kind.BAD_REQUEST, text).asException();
  }

  static FlowRunEvent label(FlowRun run, LabelFlowRun command) {
    ObjectNode labels = JsonNodeFactory.instance.objectNode();
    if (run.labels() instanceof ObjectNode known) {
      labels.setAll(known);
    }
    labels.setAll(command.labels());
    return new FlowRunLabelled(run.id(), labels);
  }

  static FlowRunEvent storeInput(FlowRun run, StoreFlowRunInput command, UUID inputId) {
    if (run.inputs().containsKey(command.key())) {
      throw FlowRunRefusals.INPUT_EXISTS.asException();
    }
    return new FlowRunInputStored(
        run.id(), inputId, command.key(), command.value(), command.sender());
  }

  static FlowRunEvent deleteInput(FlowRun run, DeleteFlowRunInput command) {
    if (!run.inputs().containsKey(command.key())) {
      throw FlowRunRefusals.INPUT_MISSING.asException();
    }
    return new FlowRunInputDeleted(run.id(), command.key());
  }

  static FlowRunEvent delete(FlowRun run) {
    return new FlowRunDeleted(run.id());
  }

  /** A run may have been started again since somebody saw that it was over. */
  static FlowRunEvent deleteEnded(FlowRun run, Instant endedBefore) {
    State state = run.state();
    Instant end = run.times().endTime();
    if (state == null || !state.type().isTerminal() || end == null || !end.isBefore(endedBefore)) {
      throw FlowRunRefusals.NOT_OVER.asException();
    }
    return delete(run);
  }

  private static String orSpare(@Nullable String name, String spareName) {
    return name == null || name.isEmpty() ? spareName : name;
  }
}
