package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.state.StateDetails;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class APendingRunKeepsItsScheduledTimeTest {
  private static final Instant LATER = NOW.plusSeconds(60);

  @Test
  void a_run_that_is_taken_keeps_its_time() {
    FlowRunStateSet set =
        runIn(SCHEDULED).withDetails(StateDetails.NONE.at(LATER)).propose(PENDING).accepted();
    assertThat(set.state().stateDetails().scheduledTime()).isEqualTo(LATER);
  }

  @Test
  void another_time_that_the_worker_gives_wins() {
    FlowRunStateSet set =
        runIn(SCHEDULED)
            .withDetails(StateDetails.NONE.at(LATER))
            .propose(PENDING, StateDetails.NONE.at(NOW))
            .accepted();
    assertThat(set.state().stateDetails().scheduledTime()).isEqualTo(NOW);
  }

  @Test
  void a_run_that_is_taken_by_force_does_not() {
    FlowRunStateSet set =
        runIn(SCHEDULED)
            .withDetails(StateDetails.NONE.at(LATER))
            .force(ProposedState.of(PENDING))
            .accepted();
    assertThat(set.state().stateDetails().scheduledTime()).isNull();
  }
}
