package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunFixture;
import io.annals.command.taskrun.TaskRunFixture.Result;
import io.annals.events.state.StateDetails;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class APendingTaskKeepsItsScheduledTimeTest {
  private static final Instant LATER = NOW.plusSeconds(60);

  private static TaskRunFixture scheduled() {
    return runIn(SCHEDULED).withDetails(StateDetails.NONE.at(LATER));
  }

  private static @Nullable Instant time(Result result) {
    return result.accepted().state().stateDetails().scheduledTime();
  }

  @Test
  void a_pending_task_keeps_the_time_it_was_scheduled_for() {
    assertThat(time(scheduled().propose(PENDING))).isEqualTo(LATER);
    assertThat(time(scheduled().propose(PENDING, DEFERRED))).isEqualTo(LATER);
  }

  @Test
  void a_new_time_wins() {
    assertThat(time(scheduled().propose(PENDING, StateDetails.NONE.at(NOW)))).isEqualTo(NOW);
  }

  @Test
  void only_pending_after_scheduled_keeps_it() {
    assertThat(
            time(
                runIn(PENDING)
                    .withDetails(StateDetails.NONE.at(NOW.minusSeconds(5)))
                    .propose(RUNNING)))
        .isNull();
  }

  @Test
  void force_keeps_nothing() {
    assertThat(time(scheduled().force(ProposedState.of(PENDING)))).isNull();
  }
}
