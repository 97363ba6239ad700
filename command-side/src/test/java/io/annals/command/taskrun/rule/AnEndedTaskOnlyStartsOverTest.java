package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.command.taskrun.TaskRunFixture.state;
import static io.annals.events.state.StateType.CANCELLED;
import static io.annals.events.state.StateType.CANCELLING;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.CRASHED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PAUSED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.taskrun.TaskRunFixture.Result;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnEndedTaskOnlyStartsOverTest {
  private static final String RULE = "AnEndedTaskOnlyStartsOver";
  private static final String KEPT = "{\"type\":\"reference\"}";
  private static final State RUNNING_FLOW =
      state(new UUID(8, 8), RUNNING, "Running", NOW, StateDetails.NONE, null);

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, CANCELLING", "COMPLETED, PAUSED", "COMPLETED, CRASHED",
    "FAILED, CANCELLING", "FAILED, PAUSED", "FAILED, CRASHED",
    "CANCELLED, CANCELLING", "CANCELLED, PAUSED", "CANCELLED, CRASHED",
    "CRASHED, CANCELLING", "CRASHED, PAUSED", "CRASHED, CRASHED"
  })
  void an_ended_run_does_not_cancel_pause_or_crash(StateType from, StateType to) {
    runIn(from).propose(to).refused(ProposalStatus.ABORT, RULE, "Run is already " + from + ".");
  }

  @Test
  void what_cannot_happen_comes_before_the_result() {
    runIn(COMPLETED)
        .withData(KEPT)
        .propose(CRASHED)
        .refused(ProposalStatus.ABORT, RULE, "Run is already COMPLETED.");
  }

  @ParameterizedTest
  @EnumSource(
      value = StateType.class,
      names = {"SCHEDULED", "PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED"})
  void a_kept_result_stays(StateType to) {
    runIn(COMPLETED)
        .withData(KEPT)
        .propose(to)
        .refused(ProposalStatus.REJECT, RULE, "This run is already completed.");
  }

  @Test
  void data_that_does_not_say_what_it_is_counts_as_kept() {
    runIn(COMPLETED)
        .withData("{\"a\":1}")
        .propose(RUNNING)
        .refused(ProposalStatus.REJECT, RULE, "This run is already completed.");
  }

  @Test
  void a_result_that_is_gone_holds_nobody_back() {
    runIn(COMPLETED).withData("{\"type\":\"unpersisted\"}").propose(RUNNING).accepted();
    runIn(COMPLETED).withData("{}").propose(RUNNING).accepted();
    runIn(COMPLETED).withData("null").propose(RUNNING).accepted();
    runIn(COMPLETED).propose(RUNNING).accepted();
  }

  @Test
  void the_data_of_a_failure_is_no_result() {
    runIn(FAILED).withData(KEPT).propose(RUNNING).accepted();
  }

  @Test
  void who_starts_over_has_all_retries_again() {
    assertThat(over(runIn(FAILED).withRunCount(3).propose(PENDING))).isZero();
    assertThat(over(runIn(CANCELLED).withRunCount(3).propose(SCHEDULED))).isZero();
    assertThat(over(runIn(CRASHED).withRunCount(3).propose(RUNNING))).isEqualTo(1);
  }

  @Test
  void another_end_is_not_a_start() {
    assertThat(over(runIn(FAILED).withRunCount(3).propose(COMPLETED))).isEqualTo(3);
    assertThat(over(runIn(CRASHED).withRunCount(3).propose(CANCELLED))).isEqualTo(3);
  }

  private static int over(Result result) {
    return result.accepted().times().runCount();
  }

  @Test
  void a_run_within_the_next_run_of_its_flow_is_called_a_retry() {
    TaskRunStateSet set =
        runIn(FAILED)
            .withRunCount(2)
            .inFlow(RUNNING_FLOW, 2)
            .startedInRun(1)
            .propose(RUNNING)
            .accepted();
    assertThat(set.state().name()).isEqualTo("Retrying");
    assertThat(set.times().runCount()).isEqualTo(1);
    assertThat(set.flowRunRunCount()).isEqualTo(2);
  }

  @Test
  void a_run_within_the_same_run_of_its_flow_keeps_its_name() {
    TaskRunStateSet set =
        runIn(FAILED)
            .withRunCount(2)
            .inFlow(RUNNING_FLOW, 2)
            .startedInRun(2)
            .propose(RUNNING)
            .accepted();
    assertThat(set.state().name()).isEqualTo("Running");
  }

  @Test
  void only_running_is_called_a_retry() {
    assertThat(
            runIn(FAILED)
                .inFlow(RUNNING_FLOW, 2)
                .startedInRun(1)
                .propose(PENDING)
                .accepted()
                .state()
                .name())
        .isEqualTo("Pending");
  }

  @Test
  void the_count_is_restored_when_the_flow_turns_out_to_be_paused() {
    TaskRunStateSet set =
        runIn(FAILED).withRunCount(3).inFlow(PAUSED).propose(RUNNING).only(TaskRunStateSet.class);
    assertThat(set.state().type()).isEqualTo(PAUSED);
    assertThat(set.times().runCount()).isEqualTo(3);
  }

  @Test
  void runs_under_way_are_none_of_its_business() {
    runIn(RUNNING).withData(KEPT).propose(CANCELLING).accepted();
    runIn(RUNNING).propose(CRASHED).accepted();
    runIn(PENDING).propose(PAUSED).accepted();
  }

  @Test
  void background_tasks_are_held_to_it_too() {
    runIn(COMPLETED)
        .withData(KEPT)
        .propose(RUNNING, DEFERRED)
        .refused(ProposalStatus.REJECT, RULE, "This run is already completed.");
  }

  @Test
  void force_overwrites_anything() {
    runIn(COMPLETED).withData(KEPT).force(CRASHED).accepted();
  }
}
