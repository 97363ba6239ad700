package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.LEASE;
import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.RUN;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.StateType.CANCELLED;
import static io.annals.events.state.StateType.CANCELLING;
import static io.annals.events.state.StateType.PAUSED;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import org.junit.jupiter.api.Test;

class WhatHasNoProcessIsCancelledAtOnceTest {
  private static final String RULE = "WhatHasNoProcessIsCancelledAtOnce";
  private static final String UNSTARTED = "Scheduled flow run has no infrastructure to terminate.";
  private static final String SUSPENDED = "Suspended flow run has no infrastructure to terminate.";

  @Test
  void a_scheduled_run_without_a_process_is_cancelled_at_once() {
    FlowRunStateSet set = runIn(SCHEDULED).propose(CANCELLING).replaced(RULE, UNSTARTED);
    assertThat(set.intended()).isEqualTo(CANCELLING);
    State state = set.state();
    assertThat(state.type()).isEqualTo(CANCELLED);
    assertThat(state.name()).isEqualTo("Cancelled");
    assertThat(state.message()).isNull();
    assertThat(state.timestamp()).isEqualTo(NOW);
    assertThat(set.times().endTime()).isEqualTo(NOW);
  }

  @Test
  void by_force_too() {
    runIn(SCHEDULED).force(ProposedState.of(CANCELLING)).replaced(RULE, UNSTARTED);
  }

  @Test
  void what_the_caller_said_about_cancelling_is_not_said_about_the_cancelled_state() {
    ProposedState proposed =
        new ProposedState(CANCELLING, "Stopping", "please", null, StateDetails.NONE.leased(LEASE));
    State state = runIn(SCHEDULED).propose(proposed).replaced(RULE, UNSTARTED).state();
    assertThat(state.message()).isNull();
    assertThat(state.stateDetails()).isEqualTo(StateDetails.NONE.ofRuns(RUN, null));
  }

  @Test
  void a_scheduled_run_with_a_process_is_cancelled_by_its_worker() {
    runIn(SCHEDULED).named("AwaitingRetry").withPid("77").propose(CANCELLING).accepted();
  }

  @Test
  void a_run_about_to_resume_has_no_process_yet_whatever_it_had_before() {
    runIn(SCHEDULED).named("Resuming").withPid("77").propose(CANCELLING).replaced(RULE, UNSTARTED);
  }

  @Test
  void a_suspended_run_is_cancelled_at_once() {
    runIn(PAUSED)
        .deployed()
        .withDetails(suspended())
        .withPid("77")
        .propose(CANCELLING)
        .replaced(RULE, SUSPENDED);
  }

  @Test
  void a_paused_run_still_has_its_process() {
    runIn(PAUSED).propose(CANCELLING).accepted();
  }

  @Test
  void a_running_run_is_cancelled_by_its_worker() {
    runIn(RUNNING).propose(CANCELLING).accepted();
  }

  private static StateDetails suspended() {
    return Pauses.pause(null, true, null);
  }
}
