package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.ProposalStatus.REJECT;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PAUSED;
import static io.annals.events.state.StateType.RUNNING;

import io.annals.command.state.ProposedState;
import org.junit.jupiter.api.Test;

class AResultIsNotOverwrittenTest {
  private static final String KEPT = "{\"type\":\"reference\"}";

  @Test
  void not_even_by_force_is_a_result_lost() {
    runIn(COMPLETED)
        .withData(KEPT)
        .force(ProposedState.of(COMPLETED))
        .refusedWithoutTrace(
            REJECT,
            "AResultIsNotOverwritten",
            "Cannot overwrite a COMPLETED state that carries persisted result data with one that"
                + " does not.");
  }

  @Test
  void by_force_a_completed_run_becomes_anything_else() {
    runIn(COMPLETED).withData(KEPT).force(ProposedState.of(FAILED)).accepted();
    runIn(COMPLETED).withData(KEPT).force(ProposedState.of(RUNNING)).accepted();
    runIn(COMPLETED).withData(KEPT).force(ProposedState.of(PAUSED)).accepted();
  }

  @Test
  void without_a_result_nothing_is_lost() {
    runIn(COMPLETED).force(ProposedState.of(COMPLETED)).accepted();
  }
}
