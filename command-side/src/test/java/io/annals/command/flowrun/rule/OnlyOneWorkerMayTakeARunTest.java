package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.LEASE;
import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.ProposalStatus.ABORT;
import static io.annals.events.state.StateType.CANCELLED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnlyOneWorkerMayTakeARunTest {
  private static final String RULE = "OnlyOneWorkerMayTakeARun";

  @Test
  void a_second_worker_cannot_take_a_pending_run() {
    runIn(PENDING)
        .propose(PENDING)
        .refusedWithoutTrace(
            ABORT,
            RULE,
            "This run is in a PENDING state and cannot transition to a PENDING state.");
  }

  @Test
  void nobody_can_take_a_running_run() {
    runIn(RUNNING)
        .propose(PENDING, "Submitting")
        .refusedWithoutTrace(
            ABORT,
            RULE,
            "This run is in a RUNNING state and cannot transition to a PENDING state.");
  }

  @Test
  void nobody_can_take_a_cancelled_run() {
    runIn(CANCELLED)
        .propose(PENDING)
        .refused(
            ABORT,
            RULE,
            "This run is in a CANCELLED state and cannot transition to a PENDING state.");
  }

  @ParameterizedTest
  @EnumSource(names = {"SCHEDULED", "FAILED", "CRASHED", "COMPLETED"})
  void a_run_that_no_worker_has_can_be_taken(StateType type) {
    runIn(type).propose(PENDING).accepted();
  }

  @Test
  void the_worker_that_has_it_goes_on_through_pending_states_of_other_names() {
    StateDetails known = StateDetails.NONE.at(NOW.plusSeconds(60)).leased(LEASE);
    StateDetails kept =
        runIn(PENDING)
            .withDetails(known)
            .propose(PENDING, "Submitting")
            .accepted()
            .state()
            .stateDetails();
    assertThat(kept.scheduledTime()).isEqualTo(NOW.plusSeconds(60));
    assertThat(kept.deploymentConcurrencyLeaseId()).isEqualTo(LEASE);
  }

  @Test
  void what_the_worker_says_about_the_time_is_overwritten_on_the_way() {
    StateDetails proposed = StateDetails.NONE.at(NOW.plusSeconds(5));
    assertThat(
            runIn(PENDING)
                .propose(PENDING, "Submitting", proposed)
                .accepted()
                .state()
                .stateDetails()
                .scheduledTime())
        .isNull();
  }

  @Test
  void a_pending_run_of_another_name_cannot_go_back_to_plain_pending() {
    runIn(PENDING)
        .named("Submitting")
        .propose(PENDING)
        .refused(
            ABORT,
            RULE,
            "This run is in a PENDING state and cannot transition to a PENDING state.");
  }

  @Test
  void the_same_name_twice_is_a_second_worker() {
    runIn(PENDING)
        .named("Submitting")
        .propose(PENDING, "Submitting")
        .refused(
            ABORT,
            RULE,
            "This run is in a PENDING state and cannot transition to a PENDING state.");
  }

  @Test
  void a_scheduled_run_is_taken_once() {
    assertThat(runIn(SCHEDULED).propose(PENDING).accepted().state().name()).isEqualTo("Pending");
  }
}
