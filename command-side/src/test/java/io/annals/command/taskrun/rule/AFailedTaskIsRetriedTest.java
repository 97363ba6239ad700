package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.RUN;
import static io.annals.command.taskrun.TaskRunFixture.json;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.events.state.StateType.CRASHED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunFixture;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import io.annals.events.taskrun.TaskRunPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AFailedTaskIsRetriedTest {
  private static final String RULE = "AFailedTaskIsRetried";

  private static TaskRunPolicy policy(
      @Nullable Integer retries, @Nullable String delay, @Nullable Double jitter) {
    return new TaskRunPolicy(0, 0.0, retries, delay == null ? null : json(delay), jitter);
  }

  private static TaskRunFixture running(int runCount, TaskRunPolicy policy) {
    return runIn(RUNNING).withPolicy(policy).withRunCount(runCount);
  }

  private static Duration delay(TaskRunFixture fixture) {
    TaskRunStateSet set = fixture.propose(FAILED).replaced(RULE, "Retrying");
    Instant next = set.state().stateDetails().scheduledTime();
    assertThat(set.times().nextScheduledStartTime()).isEqualTo(next);
    return Duration.between(NOW, next);
  }

  private static StateDetails retriable(boolean retriable) {
    return new StateDetails(
        null, null, null, null, null, null, false, false, null, false, null, null, null, retriable,
        null, null, null, null);
  }

  @Test
  void a_failed_task_is_scheduled_again() {
    ProposedState failed =
        new ProposedState(
            FAILED, "TimedOut", "too slow", json("{\"a\":1}"), retriable(true).leased(RUN));
    TaskRunStateSet set =
        running(1, policy(2, "30", null)).propose(failed).replaced(RULE, "Retrying");
    State state = set.state();
    assertThat(set.intended()).isEqualTo(FAILED);
    assertThat(state.type()).isEqualTo(SCHEDULED);
    assertThat(state.name()).isEqualTo("AwaitingRetry");
    assertThat(state.message()).isEqualTo("too slow");
    assertThat(state.data()).isEqualTo(json("{\"a\":1}"));
    assertThat(state.stateDetails())
        .isEqualTo(StateDetails.NONE.at(NOW.plusSeconds(30)).ofRuns(null, RUN));
    assertThat(set.times().runCount()).isEqualTo(1);
    assertThat(set.times().endTime()).isNull();
  }

  @Test
  void the_last_retry_is_the_one_of_the_allowed_number() {
    running(2, policy(2, null, null)).propose(FAILED).replaced(RULE, "Retrying");
    running(3, policy(2, null, null)).propose(FAILED).accepted();
  }

  @Test
  void a_task_without_retries_fails() {
    running(1, policy(null, "30", null)).propose(FAILED).accepted();
    running(1, policy(0, "30", null)).propose(FAILED).accepted();
  }

  @Test
  void a_task_that_says_so_itself_is_not_retried() {
    running(1, policy(2, null, null)).propose(FAILED, retriable(false)).accepted();
  }

  @Test
  void without_a_delay_the_retry_is_due_at_once() {
    assertThat(delay(running(1, policy(2, null, null)))).isZero();
  }

  @Test
  void a_delay_may_have_fractions() {
    assertThat(delay(running(1, policy(2, "0.0000015", null)))).isEqualTo(Duration.ofNanos(2000));
    assertThat(delay(running(1, policy(2, "1.25", null)))).isEqualTo(Duration.ofMillis(1250));
  }

  @Test
  void each_retry_has_its_own_delay_and_the_last_one_repeats() {
    TaskRunPolicy policy = policy(5, "[1, 10, 100]", null);
    assertThat(delay(running(1, policy))).isEqualTo(Duration.ofSeconds(1));
    assertThat(delay(running(2, policy))).isEqualTo(Duration.ofSeconds(10));
    assertThat(delay(running(3, policy))).isEqualTo(Duration.ofSeconds(100));
    assertThat(delay(running(4, policy))).isEqualTo(Duration.ofSeconds(100));
  }

  @Test
  void jitter_spreads_the_delay_and_chance_decides() {
    TaskRunPolicy policy = policy(2, "10", 0.5);
    Duration shortest = delay(running(1, policy).withChance(0));
    Duration middle = delay(running(1, policy).withChance(0.5));
    Duration longest = delay(running(1, policy).withChance(0.999999999));
    assertThat(shortest).isLessThan(Duration.ofSeconds(7)).isGreaterThan(Duration.ofSeconds(5));
    assertThat(middle).isGreaterThan(shortest).isLessThan(longest);
    assertThat(longest).isBetween(Duration.ofMillis(14_990), Duration.ofSeconds(15));
  }

  @Test
  void no_delay_is_not_spread() {
    assertThat(delay(running(1, policy(2, "0", 0.5)).withChance(0.9))).isZero();
    assertThat(delay(running(1, policy(2, "10", 0.0)).withChance(0.9)))
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void only_running_tasks_that_fail_are_retried() {
    running(1, policy(2, null, null)).propose(CRASHED).accepted();
    runIn(PENDING).withPolicy(policy(2, null, null)).withRunCount(1).propose(FAILED).accepted();
  }

  @Test
  void background_tasks_are_retried_too() {
    running(1, policy(2, null, null)).propose(FAILED, DEFERRED).replaced(RULE, "Retrying");
  }

  @Test
  void force_does_not_retry() {
    running(1, policy(2, null, null)).force(FAILED).accepted();
  }
}
