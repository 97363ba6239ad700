package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.run;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.ProposalStatus.REJECT;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;

import io.annals.events.state.StateDetails;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ATransitionIsMadeOnceTest {
  private static final UUID FIRST = new UUID(8, 1);

  @Test
  void a_repeated_transition_is_answered_with_the_state_that_it_made() {
    runIn(RUNNING)
        .withDetails(transition(FIRST))
        .propose(RUNNING, transition(FIRST))
        .refusedWithoutTrace(
            REJECT, "ATransitionIsMadeOnce", "This run has already made this state transition.");
  }

  @Test
  void even_to_another_state() {
    runIn(RUNNING)
        .withDetails(transition(FIRST))
        .propose(COMPLETED, transition(FIRST))
        .refused(
            REJECT, "ATransitionIsMadeOnce", "This run has already made this state transition.");
  }

  @Test
  void another_transition_is_made() {
    runIn(RUNNING)
        .withDetails(transition(FIRST))
        .propose(COMPLETED, transition(new UUID(8, 2)))
        .accepted();
  }

  @Test
  void transitions_without_an_id_are_not_compared() {
    runIn(RUNNING).propose(COMPLETED).accepted();
    runIn(RUNNING).withDetails(transition(FIRST)).propose(COMPLETED).accepted();
    run().propose(PENDING, transition(FIRST)).accepted();
  }

  private static StateDetails transition(UUID id) {
    StateDetails none = StateDetails.NONE;
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
        false,
        null,
        null,
        null,
        null,
        id,
        none.taskParametersId(),
        null,
        null);
  }
}
