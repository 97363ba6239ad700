package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.FLOW_RUN;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.RUN;
import static io.annals.command.taskrun.TaskRunFixture.json;
import static io.annals.command.taskrun.TaskRunFixture.run;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.command.taskrun.TaskRunFixture.state;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunFixture;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AKnownResultIsTakenFromTheCacheTest {
  private static final String RULE = "AKnownResultIsTakenFromTheCache";
  private static final String REASON = "Retrieved state from cache";
  private static final UUID OTHER = new UUID(9, 9);
  private static final State RESULT =
      state(
          OTHER,
          COMPLETED,
          "Completed",
          NOW.minusSeconds(60),
          keyed("key", null).ofRuns(OTHER, OTHER),
          "{\"a\":1}");

  private static StateDetails keyed(@Nullable String cacheKey, @Nullable Boolean refreshCache) {
    return new StateDetails(
        null,
        null,
        null,
        null,
        cacheKey,
        null,
        false,
        false,
        null,
        false,
        null,
        null,
        refreshCache,
        null,
        null,
        null,
        null,
        null);
  }

  private static TaskRunFixture pending() {
    return runIn(PENDING).withCached("key", RESULT);
  }

  @Test
  void a_known_result_takes_the_place_of_a_run() {
    TaskRunStateSet set =
        pending().inFlow(RUNNING).propose(RUNNING, keyed("key", null)).replaced(RULE, REASON);
    State state = set.state();
    assertThat(set.intended()).isEqualTo(RUNNING);
    assertThat(state.type()).isEqualTo(COMPLETED);
    assertThat(state.name()).isEqualTo("Cached");
    assertThat(state.data()).isEqualTo(json("{\"a\":1}"));
    assertThat(state.id()).isNotEqualTo(OTHER);
    assertThat(state.timestamp()).isEqualTo(NOW);
    assertThat(state.stateDetails()).isEqualTo(keyed("key", null).ofRuns(FLOW_RUN, RUN));
    assertThat(set.times().runCount()).isZero();
    assertThat(set.times().endTime()).isEqualTo(NOW);
  }

  @Test
  void a_run_without_a_state_takes_it_too() {
    run().withCached("key", RESULT).propose(RUNNING, keyed("key", null)).replaced(RULE, REASON);
  }

  @Test
  void the_cache_is_asked_before_the_flow() {
    pending().inFlow(FAILED).propose(RUNNING, keyed("key", null)).replaced(RULE, REASON);
  }

  @Test
  void a_refreshing_run_does_not_look() {
    pending().propose(RUNNING, keyed("key", true)).accepted();
    pending().propose(RUNNING, keyed("key", false)).replaced(RULE, REASON);
  }

  @Test
  void an_unknown_key_and_none_at_all_find_nothing() {
    pending().propose(RUNNING, keyed("other", null)).accepted();
    pending().propose(RUNNING, keyed(null, null)).accepted();
    runIn(PENDING).withCached("", RESULT).propose(RUNNING, keyed("", null)).accepted();
  }

  @Test
  void only_running_looks() {
    run().withCached("key", RESULT).propose(PENDING, keyed("key", null)).accepted();
  }

  @Test
  void a_completed_run_that_kept_its_result_takes_it_over_all_the_same() {
    runIn(COMPLETED)
        .withData("{\"type\":\"reference\"}")
        .withCached("key", RESULT)
        .propose(RUNNING, keyed("key", null))
        .replaced(RULE, REASON);
  }

  @Test
  void background_tasks_look_too() {
    StateDetails deferred =
        new StateDetails(
            null, null, null, null, "key", null, true, false, null, false, null, null, null, null,
            null, null, null, null);
    pending().propose(RUNNING, deferred).replaced(RULE, REASON);
    pending().propose(RUNNING, DEFERRED).accepted();
  }

  @Test
  void force_runs_anyway() {
    pending().force(new ProposedState(RUNNING, null, null, null, keyed("key", null))).accepted();
  }
}
