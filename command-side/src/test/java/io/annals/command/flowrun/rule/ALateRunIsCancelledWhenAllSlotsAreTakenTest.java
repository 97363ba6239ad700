package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.DEPLOYMENT;
import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.RUN;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.StateType.CANCELLED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.flowrun.FlowRunCommand.MarkFlowRunLate;
import io.annals.command.flowrun.FlowRunFixture;
import io.annals.command.flowrun.rule.DeploymentSlot.AllTaken;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ALateRunIsCancelledWhenAllSlotsAreTakenTest {
  private static final String RULE = "ALateRunIsCancelledWhenAllSlotsAreTaken";
  private static final MarkFlowRunLate LATE = new MarkFlowRunLate(RUN);
  private static final Instant PLANNED = NOW.minusSeconds(20);

  @Test
  void a_late_run_is_scheduled_for_the_same_time() {
    FlowRunFixture run = planned();
    State state = run.when(LATE).accepted().state();
    assertThat(state.type()).isEqualTo(SCHEDULED);
    assertThat(state.name()).isEqualTo("Late");
    assertThat(state.stateDetails().scheduledTime()).isEqualTo(PLANNED);
    assertThat(run.slotQuestions()).isEmpty();
  }

  @Test
  void where_runs_that_find_no_slot_are_cancelled_a_late_one_is_too() {
    FlowRunFixture run = planned().deployed().finding(new AllTaken(true, Duration.ZERO));
    State state =
        run.when(LATE)
            .replaced(
                RULE, "Deployment concurrency limit is full and uses the CANCEL_NEW strategy.")
            .state();
    assertThat(state.type()).isEqualTo(CANCELLED);
    assertThat(state.message()).isEqualTo("Deployment concurrency limit reached.");
    assertThat(run.slotQuestions()).containsExactly(new SlotQuestion.Look(DEPLOYMENT));
  }

  @Test
  void where_they_wait_it_waits() {
    planned().deployed().finding(new AllTaken(false, Duration.ZERO)).when(LATE).accepted();
  }

  @Test
  void a_run_is_late_once() {
    planned()
        .named("Late")
        .when(LATE)
        .refusedWithoutTrace(
            ProposalStatus.REJECT,
            "OnlyScheduledRunsBecomeLate",
            "This flow run is already marked late.");
  }

  @Test
  void a_run_that_a_worker_has_taken_is_not_late_any_more() {
    runIn(PENDING)
        .when(LATE)
        .refusedWithoutTrace(
            ProposalStatus.REJECT,
            "OnlyScheduledRunsBecomeLate",
            "Only scheduled flows can be marked late.");
  }

  private static FlowRunFixture planned() {
    return runIn(SCHEDULED).withDetails(StateDetails.NONE.at(PLANNED));
  }
}
