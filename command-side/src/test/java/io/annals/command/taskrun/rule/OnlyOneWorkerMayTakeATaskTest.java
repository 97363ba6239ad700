package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.PARAMETERS;
import static io.annals.command.taskrun.TaskRunFixture.RUN;
import static io.annals.command.taskrun.TaskRunFixture.run;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnlyOneWorkerMayTakeATaskTest {
  private static String reason(StateType type) {
    return "This run is in a " + type + " state and cannot transition to a PENDING state.";
  }

  @ParameterizedTest
  @EnumSource(
      value = StateType.class,
      names = {"PENDING", "RUNNING", "CANCELLING", "CANCELLED"})
  void a_second_worker_cannot_take_a_task(StateType from) {
    runIn(from)
        .propose(PENDING, DEFERRED)
        .refused(ProposalStatus.ABORT, "OnlyOneWorkerMayTakeATask", reason(from));
  }

  @ParameterizedTest
  @EnumSource(
      value = StateType.class,
      names = {"SCHEDULED", "COMPLETED", "FAILED", "CRASHED", "PAUSED"})
  void the_first_worker_takes_it(StateType from) {
    runIn(from).propose(PENDING, DEFERRED).accepted();
  }

  @Test
  void a_new_task_may_be_pending() {
    run().propose(PENDING, DEFERRED).accepted();
  }

  @Test
  void the_first_worker_goes_on_through_other_names() {
    StateDetails known =
        DEFERRED.at(NOW.minusSeconds(5)).leased(RUN).parametersStoredAs(PARAMETERS);
    StateDetails details =
        runIn(PENDING)
            .withDetails(known)
            .propose(PENDING, "Submitting", DEFERRED.at(NOW))
            .accepted()
            .state()
            .stateDetails();
    assertThat(details).isEqualTo(known.ofRuns(null, RUN));
  }

  @Test
  void nobody_goes_back_to_the_plain_name_or_stays_at_the_same() {
    run()
        .in(PENDING, "Submitting")
        .propose(PENDING, DEFERRED)
        .refused(ProposalStatus.ABORT, "OnlyOneWorkerMayTakeATask", reason(PENDING));
    run()
        .in(PENDING, "Submitting")
        .propose(PENDING, "Submitting", DEFERRED)
        .refused(ProposalStatus.ABORT, "OnlyOneWorkerMayTakeATask", reason(PENDING));
  }

  @Test
  void it_only_concerns_pending() {
    runIn(RUNNING).propose(SCHEDULED, DEFERRED).accepted();
  }

  @Test
  void tasks_in_the_foreground_have_no_workers() {
    runIn(RUNNING).propose(PENDING).accepted();
    runIn(PENDING).propose(PENDING).accepted();
  }

  @Test
  void force_does_not_take_it_either() {
    runIn(RUNNING)
        .force(new ProposedState(PENDING, null, null, null, DEFERRED))
        .refused(ProposalStatus.ABORT, "OnlyOneWorkerMayTakeATask", reason(RUNNING));
  }
}
