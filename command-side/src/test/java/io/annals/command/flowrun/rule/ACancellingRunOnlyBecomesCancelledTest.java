package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.ProposalStatus.REJECT;
import static io.annals.events.state.StateType.CANCELLED;
import static io.annals.events.state.StateType.CANCELLING;
import static io.annals.events.state.StateType.RUNNING;

import io.annals.command.state.ProposedState;
import io.annals.events.state.StateType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ACancellingRunOnlyBecomesCancelledTest {
  @ParameterizedTest
  @EnumSource(
      names = {
        "SCHEDULED",
        "PENDING",
        "RUNNING",
        "COMPLETED",
        "FAILED",
        "CRASHED",
        "PAUSED",
        "CANCELLING"
      })
  void a_cancelling_run_cannot_become_anything_else(StateType type) {
    runIn(CANCELLING)
        .propose(type)
        .refusedWithoutTrace(
            REJECT,
            "ACancellingRunOnlyBecomesCancelled",
            "Cannot transition flows that are cancelling to a state other than Cancelled.");
  }

  @Test
  void a_cancelling_run_becomes_cancelled() {
    runIn(CANCELLING).propose(CANCELLED).accepted();
  }

  @Test
  void force_overrides_it() {
    runIn(CANCELLING).force(ProposedState.of(RUNNING)).accepted();
  }
}
