package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.ProposalStatus.REJECT;
import static io.annals.events.state.StateType.CANCELLING;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PAUSED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.flowrun.FlowRunEvent.FlowRunProposalRefused;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.state.StateType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class APausedRunResumesInTimeTest {
  private static final String RULE = "APausedRunResumesInTime";

  @ParameterizedTest
  @EnumSource(
      names = {"RUNNING", "COMPLETED", "FAILED", "CANCELLED", "CRASHED", "SCHEDULED", "CANCELLING"})
  void a_paused_run_goes_on_and_its_next_run_is_not_counted(StateType type) {
    assertThat(runIn(PAUSED).propose(type).accepted().empiricalPolicy().resuming()).isTrue();
  }

  @Test
  void a_paused_run_does_not_become_pending_but_counts_as_resuming_all_the_same() {
    FlowRunProposalRefused refused =
        runIn(PAUSED)
            .propose(PENDING)
            .refused(
                REJECT,
                RULE,
                "This run cannot transition to the StateType.PENDING state from the"
                    + " StateType.PAUSED state.");
    assertThat(refused.empiricalPolicy().resuming()).isTrue();
  }

  @Test
  void a_suspended_run_without_a_deployment_cannot_be_scheduled() {
    FlowRunProposalRefused refused =
        runIn(PAUSED)
            .withDetails(Pauses.pause(null, true, null))
            .propose(SCHEDULED, "Resuming")
            .refused(REJECT, RULE, "Cannot reschedule a resuming flow run without a deployment.");
    assertThat(refused.empiricalPolicy().resuming()).isTrue();
  }

  @Test
  void a_suspended_run_of_a_deployment_is_scheduled() {
    runIn(PAUSED)
        .deployed()
        .withDetails(Pauses.pause(null, true, null))
        .propose(SCHEDULED, "Resuming")
        .accepted();
  }

  @Test
  void a_paused_run_fails_when_its_time_is_up() {
    FlowRunStateSet set =
        runIn(PAUSED)
            .withDetails(Pauses.pause(null, false, NOW.minusMillis(1)))
            .propose(RUNNING)
            .replaced(RULE, "The flow run pause has timed out and can no longer resume.");
    assertThat(set.state().type()).isEqualTo(FAILED);
    assertThat(set.state().name()).isEqualTo("Failed");
    assertThat(set.state().message()).isEqualTo("The flow was running and never resumed.");
    assertThat(set.empiricalPolicy().resuming()).isTrue();
  }

  @Test
  void the_words_are_those_of_the_proposed_state() {
    FlowRunStateSet set =
        runIn(PAUSED)
            .withDetails(Pauses.pause(null, false, NOW.minusMillis(1)))
            .propose(COMPLETED, "Suspended")
            .replaced(RULE, "The flow run suspend has timed out and can no longer resume.");
    assertThat(set.state().message()).isEqualTo("The flow was suspended and never resumed.");
  }

  @Test
  void at_the_very_end_there_is_still_time() {
    runIn(PAUSED).withDetails(Pauses.pause(null, false, NOW)).propose(RUNNING).accepted();
  }

  @Test
  void a_paused_run_can_be_cancelled_after_its_time_is_up() {
    runIn(PAUSED)
        .withDetails(Pauses.pause(null, false, NOW.minusSeconds(60)))
        .propose(CANCELLING)
        .accepted();
  }

  @Test
  void a_cancelled_suspension_leaves_no_mark_of_resuming() {
    FlowRunStateSet set =
        runIn(PAUSED)
            .deployed()
            .withDetails(Pauses.pause(null, true, null))
            .propose(CANCELLING)
            .replaced(
                "WhatHasNoProcessIsCancelledAtOnce",
                "Suspended flow run has no infrastructure to terminate.");
    assertThat(set.empiricalPolicy().resuming()).isFalse();
  }
}
