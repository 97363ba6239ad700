package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.run;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.events.state.StateDetails;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import org.junit.jupiter.api.Test;

class ACacheKeyIsNotTooLongTest {
  private static final String RULE = "ACacheKeyIsNotTooLong";
  private static final String REASON =
      "Cache key exceeded maximum allowed length of 2000 characters.";

  private static StateDetails keyed(String cacheKey, boolean deferred) {
    return new StateDetails(
        null, null, null, null, cacheKey, null, deferred, false, null, false, null, null, null,
        null, null, null, null, null);
  }

  private static StateDetails keyed(int length) {
    return keyed("k".repeat(length), false);
  }

  @Test
  void the_longest_key_is_accepted() {
    assertThat(runIn(RUNNING).propose(COMPLETED, keyed(2000)).accepted().state().stateDetails())
        .extracting(StateDetails::cacheKey)
        .isEqualTo("k".repeat(2000));
    runIn(RUNNING).propose(COMPLETED).accepted();
  }

  @Test
  void characters_are_counted_and_not_halves_of_them() {
    runIn(RUNNING).propose(COMPLETED, keyed("\uD83D\uDE00".repeat(2000), false)).accepted();
  }

  @Test
  void a_longer_key_is_entered_and_complained_about() {
    TaskRunStateSet set =
        runIn(RUNNING).propose(COMPLETED, "Done", keyed(2001)).replaced(RULE, REASON);
    assertThat(set.state().type()).isEqualTo(COMPLETED);
    assertThat(set.state().name()).isEqualTo("Done");
    assertThat(set.state().stateDetails().cacheKey()).hasSize(2001);
    assertThat(set.times().endTime()).isEqualTo(set.state().timestamp());
  }

  @Test
  void a_run_without_a_state_is_told_too() {
    run().propose(COMPLETED, keyed(2001)).replaced(RULE, REASON);
  }

  @Test
  void only_results_are_kept() {
    runIn(RUNNING).propose(FAILED, keyed(2001)).accepted();
    runIn(PENDING).propose(RUNNING, keyed(2001)).accepted();
  }

  @Test
  void background_tasks_are_told_too() {
    runIn(RUNNING).propose(COMPLETED, keyed("k".repeat(2001), true)).replaced(RULE, REASON);
  }

  @Test
  void force_does_not_complain() {
    runIn(RUNNING).force(new ProposedState(COMPLETED, null, null, null, keyed(2001))).accepted();
  }
}
