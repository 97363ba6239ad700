package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.run;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.taskrun.TaskRunFixture;
import io.annals.command.taskrun.TaskRunFixture.Result;
import io.annals.events.state.StateDetails;
import org.junit.jupiter.api.Test;

class ARerunSaysSoTest {
  private static String name(Result result) {
    return result.accepted().state().name();
  }

  private static TaskRunFixture awaitingRetry() {
    return run().in(SCHEDULED, "AwaitingRetry", StateDetails.NONE.at(NOW), null);
  }

  @Test
  void the_first_run_keeps_its_name() {
    assertThat(name(runIn(PENDING).propose(RUNNING, "Mine"))).isEqualTo("Mine");
    assertThat(name(awaitingRetry().propose(RUNNING))).isEqualTo("Running");
  }

  @Test
  void a_run_after_waiting_for_it_is_a_retry() {
    assertThat(name(awaitingRetry().withRunCount(1).propose(RUNNING, "Mine")))
        .isEqualTo("Retrying");
  }

  @Test
  void any_other_run_is_a_rerun() {
    assertThat(name(runIn(PENDING).withRunCount(1).propose(RUNNING))).isEqualTo("Rerunning");
    assertThat(name(runIn(RUNNING).withRunCount(1).propose(RUNNING))).isEqualTo("Rerunning");
  }

  @Test
  void a_run_that_starts_over_is_a_first_one() {
    assertThat(name(runIn(FAILED).withRunCount(1).propose(RUNNING))).isEqualTo("Running");
  }

  @Test
  void a_run_without_a_state_keeps_its_name() {
    assertThat(name(run().propose(RUNNING))).isEqualTo("Running");
  }

  @Test
  void other_states_keep_theirs() {
    assertThat(name(runIn(RUNNING).withRunCount(1).propose(PENDING))).isEqualTo("Pending");
  }

  @Test
  void background_tasks_say_so_too() {
    assertThat(name(awaitingRetry().withRunCount(1).propose(RUNNING, DEFERRED)))
        .isEqualTo("Retrying");
  }

  @Test
  void force_keeps_the_name() {
    assertThat(name(runIn(PENDING).withRunCount(1).force(RUNNING))).isEqualTo("Running");
  }
}
