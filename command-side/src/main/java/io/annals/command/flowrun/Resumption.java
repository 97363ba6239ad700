package io.annals.command.flowrun;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Decision;
import io.annals.command.decision.Refusal;
import io.annals.command.flowrun.FlowRunCommand.ResumeFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.flowrun.rule.DeploymentSlot;
import io.annals.command.parameter.HydrationException;
import io.annals.command.schema.JudgeJson.Fit;
import io.annals.command.schema.LenientSchema;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputStored;
import io.annals.events.flowrun.FlowRunEvent.FlowRunProposalRefused;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides whether a paused run may go on: it has to be paused, and what it waits for has to be
 * given in the form that it asked for. Then the rules decide, as for any proposed state.
 */
final class Resumption {
  private static final String NOT_PAUSED_RULE = "OnlyAPausedRunResumes";
  private static final String INPUT_RULE = "ARunResumesWithTheInputItAskedFor";
  private static final JsonMapper JSON = JsonMapper.shared();

  private Resumption() {}

  static Decision<FlowRunEvent, ResumeAnswer> decide(
      FlowRun run,
      ResumeFlowRun command,
      FlowRunPorts ports,
      UUID stateId,
      UUID inputId,
      Instant now) {
    State paused = run.state();
    if (paused == null || paused.type() != StateType.PAUSED) {
      String reason = "Cannot resume a flow run that is not paused.";
      Answer answer = new Answer(null, ProposalStatus.ABORT, reason, null, false);
      return refused(run, NOT_PAUSED_RULE, new ResumeAnswer(answer, false), reason);
    }
    Map<String, String> keys = paused.stateDetails().runInputKeyset();
    if (keys == null || keys.isEmpty()) {
      return proposed(run, command, null, stateId, inputId, now);
    }
    ObjectNode given =
        command.runInput() == null ? JsonNodeFactory.instance.objectNode() : command.runInput();
    Checked checked = check(run, given, keys.getOrDefault("schema", ""), ports);
    return switch (checked) {
      case Checked.Bad bad -> {
        Answer answer = new Answer(paused, ProposalStatus.REJECT, bad.reason(), null, false);
        yield refused(run, INPUT_RULE, new ResumeAnswer(answer, true), bad.reason());
      }
      case Checked.Good good ->
          proposed(
              run,
              command,
              good.input().isEmpty()
                  ? null
                  : new RunInput(keys.getOrDefault("response", ""), good.input()),
              stateId,
              inputId,
              now);
    };
  }

  /** An input that is stored once the run may go on. */
  private record RunInput(String key, JsonNode value) {}

  private sealed interface Checked {
    record Good(JsonNode input) implements Checked {}

    record Bad(String reason) implements Checked {}
  }

  private static Checked check(
      FlowRun run, ObjectNode given, String schemaKey, FlowRunPorts ports) {
    JsonNode input;
    try {
      input = ports.hydration().of(given);
    } catch (HydrationException failed) {
      return new Checked.Bad("Error hydrating run input: " + failed.getMessage());
    }
    String schemaText = run.inputs().get(schemaKey);
    if (schemaText == null) {
      return new Checked.Bad("Run input schema not found.");
    }
    JsonNode schema;
    try {
      schema = JSON.readTree(schemaText);
    } catch (JacksonException broken) {
      return new Checked.Bad("Run input schema is not valid JSON.");
    }
    return switch (ports.judgeJson().judge(LenientSchema.of(schema, false), input)) {
      case Fit.Fits fits -> new Checked.Good(input);
      case Fit.Differs differs -> new Checked.Bad("Reason: " + differs.text());
      case Fit.EndlessSchema endless -> new Checked.Bad(Fit.EndlessSchema.TEXT);
    };
  }

  private static Decision<FlowRunEvent, ResumeAnswer> proposed(
      FlowRun run,
      ResumeFlowRun command,
      @Nullable RunInput input,
      UUID stateId,
      UUID inputId,
      Instant now) {
    ProposedState next = next(run);
    Decision<FlowRunEvent, Answer> decision =
        FlowRunDecider.setState(
            run,
            new SetFlowRunState(run.id(), next, false, command.client()),
            new DeploymentSlot.NotAsked(),
            stateId,
            now);
    List<FlowRunEvent> events = new ArrayList<>(decision.events());
    if (input != null && decision.answer().status() == ProposalStatus.ACCEPT) {
      if (run.inputs().containsKey(input.key())) {
        throw Refusal.INTEGRITY.asException();
      }
      events.add(
          new FlowRunInputStored(
              run.id(), inputId, input.key(), JSON.writeValueAsString(input.value()), null));
    }
    return new Decision<>(events, new ResumeAnswer(decision.answer(), false));
  }

  /** A suspended run has no process any more and is scheduled again; a blocked one just runs. */
  private static ProposedState next(FlowRun run) {
    State paused = run.state();
    return paused != null && paused.stateDetails().pauseReschedule()
        ? new ProposedState(StateType.SCHEDULED, "Resuming", null, null, StateDetails.NONE)
        : ProposedState.of(StateType.RUNNING);
  }

  private static Decision<FlowRunEvent, ResumeAnswer> refused(
      FlowRun run, String rule, ResumeAnswer answer, String reason) {
    ProposedState wanted = next(run);
    State unstamped = wanted.stamped(run.id(), Instant.EPOCH);
    return new Decision<>(
        List.of(
            new FlowRunProposalRefused(
                run.id(),
                unstamped.type(),
                unstamped.name(),
                answer.answer().status(),
                rule,
                reason,
                null,
                run.policy())),
        answer);
  }
}
