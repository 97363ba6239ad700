package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.LEASE;
import static io.annals.command.flowrun.FlowRunFixture.RUN;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.command.flowrun.FlowRunFixture;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AStoppedRunGivesItsSlotBackTest {
  private static final EmpiricalPolicy ONCE_MORE =
      new EmpiricalPolicy(0, 0.0, 1, 0, List.of(), false, null);

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED", "CRASHED", "PAUSED", "SCHEDULED"})
  void a_run_that_stops_gives_its_slot_back(StateType next) {
    FlowRunFixture run = holding(StateType.RUNNING);
    run.propose(next).accepted();
    assertThat(run.givenBack()).containsExactly(LEASE);
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "RUNNING", "CANCELLING"})
  void whatever_it_was_doing(StateType current) {
    FlowRunFixture run = holding(current);
    run.force(ProposedState.of(StateType.CANCELLED)).accepted();
    assertThat(run.givenBack()).containsExactly(LEASE);
  }

  @Test
  void a_run_that_goes_on_keeps_its_slot() {
    FlowRunFixture run = holding(StateType.RUNNING);
    run.propose(StateType.CANCELLING).accepted();
    assertThat(run.givenBack()).isEmpty();
  }

  @Test
  void a_run_that_is_retried_in_its_process_keeps_its_slot() {
    FlowRunFixture run = holding(StateType.RUNNING).withPolicy(ONCE_MORE);
    run.propose(StateType.FAILED).replaced("AFailedRunIsRetried", "Retrying");
    assertThat(run.givenBack()).isEmpty();
  }

  @Test
  void a_run_that_asks_to_be_retried_elsewhere_does_not() {
    FlowRunFixture run = holding(StateType.RUNNING);
    run.propose(StateType.SCHEDULED, "AwaitingRetry").accepted();
    assertThat(run.givenBack()).containsExactly(LEASE);
  }

  @Test
  void a_run_that_was_not_under_way_has_given_it_back_before() {
    FlowRunFixture run = holding(StateType.PAUSED);
    run.propose(StateType.FAILED).accepted();
    assertThat(run.givenBack()).isEmpty();
  }

  @Test
  void a_run_without_a_lease_has_nothing_to_give_back() {
    FlowRunFixture run = runIn(StateType.RUNNING).deployed();
    run.propose(StateType.COMPLETED).accepted();
    assertThat(run.givenBack()).isEmpty();
  }

  @Test
  void a_run_without_a_deployment_neither() {
    FlowRunFixture run = runIn(StateType.RUNNING).withDetails(StateDetails.NONE.leased(LEASE));
    run.propose(StateType.COMPLETED).accepted();
    assertThat(run.givenBack()).isEmpty();
  }

  @Test
  void a_run_that_is_deleted_gives_its_slot_back() {
    FlowRunFixture run = holding(StateType.RUNNING);
    run.when(new DeleteFlowRun(RUN));
    assertThat(run.givenBack()).containsExactly(LEASE);
  }

  private static FlowRunFixture holding(StateType type) {
    return runIn(type).deployed().withDetails(StateDetails.NONE.leased(LEASE));
  }
}
