package io.annals.command.flowrun;

import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.RUN;
import static io.annals.command.flowrun.FlowRunFixture.json;
import static io.annals.command.flowrun.FlowRunFixture.object;
import static io.annals.command.flowrun.FlowRunFixture.run;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Answer;
import io.annals.command.flowrun.FlowRunCommand.ResumeFlowRun;
import io.annals.command.flowrun.FlowRunFixture.Result;
import io.annals.command.schema.JudgeJson.Fit;
import io.annals.command.state.Client;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputStored;
import io.annals.events.flowrun.FlowRunEvent.FlowRunProposalRefused;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResumptionTest {
  private static final Map<String, String> KEYS = Map.of("schema", "s", "response", "r");

  @Test
  void only_a_paused_run_resumes() {
    String reason = "Cannot resume a flow run that is not paused.";
    Result running = runIn(StateType.RUNNING).when(resume(null));
    assertThat(running.only(FlowRunProposalRefused.class).rule())
        .isEqualTo("OnlyAPausedRunResumes");
    assertThat(running.answer())
        .isEqualTo(
            new ResumeAnswer(new Answer(null, ProposalStatus.ABORT, reason, null, false), false));
    assertThat(run().when(resume(null)).only(FlowRunProposalRefused.class).reason())
        .isEqualTo(reason);
  }

  @Test
  void a_paused_run_runs_on() {
    FlowRunStateSet set = runIn(StateType.PAUSED).when(resume(null)).only(FlowRunStateSet.class);
    assertThat(set.state().type()).isEqualTo(StateType.RUNNING);
    assertThat(set.status()).isEqualTo(ProposalStatus.ACCEPT);
  }

  @Test
  void a_suspended_run_is_scheduled_for_now() {
    FlowRunStateSet set =
        runIn(StateType.PAUSED)
            .deployed()
            .withDetails(paused(true, null))
            .when(resume(null))
            .only(FlowRunStateSet.class);
    assertThat(set.state().name()).isEqualTo("Resuming");
    assertThat(set.state().stateDetails().scheduledTime()).isEqualTo(NOW);
    assertThat(set.empiricalPolicy().resuming()).isTrue();
  }

  @Test
  void the_rules_are_asked_as_for_any_state() {
    Result result = runIn(StateType.PAUSED).withDetails(paused(true, null)).when(resume(null));
    assertThat(result.only(FlowRunProposalRefused.class).rule())
        .isEqualTo("APausedRunResumesInTime");
  }

  @Test
  void the_input_it_waits_for_is_stored_once_the_run_goes_on() {
    Result result =
        waiting()
            .judgingInput(
                (schema, input) ->
                    schema.equals(json("{\"type\":\"object\"}"))
                            && input.equals(json("{\"n\":[1, 2]}"))
                        ? new Fit.Fits()
                        : new Fit.Differs(null, "unexpected"))
            .when(resume("{\"n\":{\"__prefect_kind\":\"json\",\"value\":\"[1, 2]\"}}"));
    assertThat(result.events()).hasSize(2);
    assertThat(result.events().getFirst()).isInstanceOf(FlowRunStateSet.class);
    FlowRunInputStored stored = (FlowRunInputStored) result.events().getLast();
    assertThat(stored.key()).isEqualTo("r");
    assertThat(stored.value()).isEqualTo("{\"n\":[1,2]}");
  }

  @Test
  void an_empty_input_is_judged_but_not_stored() {
    Result result = waiting().when(resume(null));
    assertThat(result.only(FlowRunStateSet.class).state().type()).isEqualTo(StateType.RUNNING);
  }

  @Test
  void an_input_of_another_form_is_refused() {
    assertRefused(
        waiting()
            .judgingInput((schema, input) -> new Fit.Differs("n", "'a' is no number"))
            .when(resume("{}")),
        "Reason: Validation failed for field 'n'. Failure reason: 'a' is no number");
  }

  @Test
  void a_schema_without_end_is_refused() {
    assertRefused(
        waiting().judgingInput((schema, input) -> new Fit.EndlessSchema()).when(resume("{}")),
        "Invalid schema: Unable to validate schema with circular references.");
  }

  @Test
  void a_schema_that_was_never_stored_is_refused() {
    assertRefused(
        runIn(StateType.PAUSED).withDetails(paused(false, KEYS)).when(resume("{}")),
        "Run input schema not found.");
  }

  @Test
  void a_schema_that_is_no_json_is_refused() {
    assertRefused(
        runIn(StateType.PAUSED)
            .withDetails(paused(false, KEYS))
            .and(new FlowRunInputStored(RUN, new UUID(9, 9), "s", "{", null))
            .when(resume("{}")),
        "Run input schema is not valid JSON.");
  }

  @Test
  void an_input_that_cannot_be_read_is_refused() {
    assertRefused(
        waiting().when(resume("{\"a\":{\"__prefect_kind\":\"none\"}}")),
        "Error hydrating run input: Missing 'value' key in __prefect object");
  }

  private static void assertRefused(Result result, String reason) {
    FlowRunProposalRefused refused = result.only(FlowRunProposalRefused.class);
    assertThat(refused.rule()).isEqualTo("ARunResumesWithTheInputItAskedFor");
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(result.answer())
        .isEqualTo(
            new ResumeAnswer(
                new Answer(result.stateBefore(), ProposalStatus.REJECT, reason, null, false),
                true));
  }

  private static FlowRunFixture waiting() {
    return runIn(StateType.PAUSED)
        .withDetails(paused(false, KEYS))
        .and(new FlowRunInputStored(RUN, new UUID(9, 9), "s", "{\"type\":\"object\"}", null));
  }

  private static ResumeFlowRun resume(@Nullable String input) {
    return new ResumeFlowRun(RUN, input == null ? null : object(input), Client.UNKNOWN);
  }

  private static StateDetails paused(boolean reschedule, @Nullable Map<String, String> keys) {
    return new StateDetails(
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        false,
        null,
        reschedule,
        null,
        keys,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
