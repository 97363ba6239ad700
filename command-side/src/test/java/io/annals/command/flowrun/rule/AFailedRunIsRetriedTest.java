package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.LEASE;
import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.json;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.StateType.CRASHED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import java.util.List;
import org.junit.jupiter.api.Test;

class AFailedRunIsRetriedTest {
  private static final EmpiricalPolicy TWICE =
      new EmpiricalPolicy(0, 0.0, 2, 30, List.of("key"), true, null);
  private static final String RULE = "AFailedRunIsRetried";

  @Test
  void a_failed_run_is_scheduled_again() {
    ProposedState failed =
        new ProposedState(FAILED, "TimedOut", "too slow", json("{\"a\":1}"), StateDetails.NONE);
    FlowRunStateSet set =
        runIn(RUNNING)
            .withDetails(StateDetails.NONE.leased(LEASE))
            .withPolicy(TWICE)
            .withRunCount(1)
            .propose(failed)
            .replaced(RULE, "Retrying");
    State state = set.state();
    assertThat(state.type()).isEqualTo(SCHEDULED);
    assertThat(state.name()).isEqualTo("AwaitingRetry");
    assertThat(state.message()).isEqualTo("too slow");
    assertThat(state.data()).isEqualTo(json("{\"a\":1}"));
    assertThat(state.stateDetails().scheduledTime()).isEqualTo(NOW.plusSeconds(30));
    assertThat(state.stateDetails().deploymentConcurrencyLeaseId()).isEqualTo(LEASE);
    assertThat(set.times().nextScheduledStartTime()).isEqualTo(NOW.plusSeconds(30));
    assertThat(set.empiricalPolicy())
        .isEqualTo(new EmpiricalPolicy(0, 0.0, 2, 30, List.of(), false, "in_process"));
  }

  @Test
  void the_last_retry_is_the_one_of_the_allowed_number() {
    runIn(RUNNING).withPolicy(TWICE).withRunCount(2).propose(FAILED).replaced(RULE, "Retrying");
    runIn(RUNNING).withPolicy(TWICE).withRunCount(3).propose(FAILED).accepted();
  }

  @Test
  void without_a_delay_the_retry_is_due_at_once() {
    EmpiricalPolicy policy = new EmpiricalPolicy(0, 0.0, 1, null, List.of(), false, null);
    FlowRunStateSet set =
        runIn(RUNNING)
            .withPolicy(policy)
            .withRunCount(1)
            .propose(FAILED)
            .replaced(RULE, "Retrying");
    assertThat(set.state().stateDetails().scheduledTime()).isEqualTo(NOW);
  }

  @Test
  void a_run_without_retries_fails() {
    runIn(RUNNING).withRunCount(1).propose(FAILED).accepted();
  }

  @Test
  void a_run_that_has_failed_for_good_is_no_retry_any_more() {
    EmpiricalPolicy retried = new EmpiricalPolicy(0, 0.0, 1, null, List.of(), false, "in_process");
    FlowRunStateSet set =
        runIn(RUNNING).withPolicy(retried).withRunCount(2).propose(FAILED).accepted();
    assertThat(set.empiricalPolicy().retryType()).isNull();
  }

  @Test
  void clients_from_before_pauses_are_retried_under_the_same_policy() {
    FlowRunStateSet set =
        runIn(RUNNING)
            .by(Client.of("0.8.3", null))
            .withPolicy(TWICE)
            .withRunCount(1)
            .propose(FAILED)
            .replaced(RULE, "Retrying");
    assertThat(set.empiricalPolicy()).isEqualTo(TWICE);
  }

  @Test
  void crashed_runs_are_not_retried() {
    runIn(RUNNING).withPolicy(TWICE).withRunCount(1).propose(CRASHED).accepted();
  }

  @Test
  void force_does_not_retry() {
    runIn(RUNNING).withPolicy(TWICE).withRunCount(1).force(ProposedState.of(FAILED)).accepted();
  }
}
