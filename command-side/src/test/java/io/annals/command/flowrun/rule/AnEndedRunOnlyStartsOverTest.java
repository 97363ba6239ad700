package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.ProposalStatus.ABORT;
import static io.annals.events.state.ProposalStatus.REJECT;
import static io.annals.events.state.StateType.CANCELLED;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.CRASHED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.Client;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.StateType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnEndedRunOnlyStartsOverTest {
  private static final String RULE = "AnEndedRunOnlyStartsOver";
  private static final String KEPT = "{\"type\":\"reference\",\"key\":\"a\"}";
  private static final EmpiricalPolicy PAUSED_ONCE =
      new EmpiricalPolicy(0, 0.0, 3, null, List.of("key"), true, null);
  private static final Client OLD = Client.of("0.8.3", null);

  @ParameterizedTest
  @EnumSource(names = {"CANCELLING", "PAUSED", "CRASHED"})
  void an_ended_run_cannot_pause_crash_or_be_cancelled(StateType type) {
    runIn(FAILED)
        .withPolicy(PAUSED_ONCE)
        .propose(type)
        .refusedWithoutTrace(ABORT, RULE, "Run is already in terminal state FAILED.");
  }

  @Test
  void a_completed_run_with_a_result_does_not_run_again() {
    runIn(COMPLETED)
        .withData(KEPT)
        .propose(RUNNING)
        .refusedWithoutTrace(REJECT, RULE, "Run is already COMPLETED.");
  }

  @Test
  void a_completed_run_without_a_result_runs_again() {
    runIn(COMPLETED).propose(RUNNING).accepted();
    runIn(COMPLETED).withData("{\"type\":\"unpersisted\"}").propose(RUNNING).accepted();
    runIn(COMPLETED).withData("{}").propose(RUNNING).accepted();
    runIn(COMPLETED).withData("[1]").propose(RUNNING).accepted();
  }

  @Test
  void a_result_is_not_overwritten_by_none() {
    runIn(COMPLETED)
        .withData(KEPT)
        .propose(COMPLETED)
        .refused(
            REJECT,
            RULE,
            "Cannot overwrite a COMPLETED state that carries persisted result data with one that"
                + " does not.");
  }

  @Test
  void a_result_may_be_overwritten_by_another() {
    runIn(COMPLETED).withData(KEPT).proposeWithData(COMPLETED, "{\"type\":\"x\"}").accepted();
  }

  @Test
  void a_run_without_a_deployment_is_not_scheduled_again() {
    runIn(FAILED)
        .propose(SCHEDULED)
        .refused(ABORT, RULE, "Cannot reschedule a run without an associated deployment.");
  }

  @Test
  void a_run_of_a_deployment_is_scheduled_again_and_forgets_its_pauses() {
    EmpiricalPolicy policy =
        runIn(FAILED)
            .deployed()
            .withPolicy(PAUSED_ONCE)
            .propose(SCHEDULED)
            .accepted()
            .empiricalPolicy();
    assertThat(policy)
        .isEqualTo(new EmpiricalPolicy(0, 0.0, 3, null, List.of(), false, "reschedule"));
  }

  @Test
  void a_run_that_starts_over_elsewhere_has_no_retry_type() {
    EmpiricalPolicy policy =
        runIn(FAILED).withPolicy(PAUSED_ONCE).propose(RUNNING).accepted().empiricalPolicy();
    assertThat(policy).isEqualTo(new EmpiricalPolicy(0, 0.0, 3, null, List.of(), false, null));
  }

  @Test
  void clients_from_before_pauses_leave_the_policy_alone() {
    EmpiricalPolicy policy =
        runIn(FAILED).by(OLD).withPolicy(PAUSED_ONCE).propose(PENDING).accepted().empiricalPolicy();
    assertThat(policy).isEqualTo(PAUSED_ONCE);
  }

  @Test
  void an_ended_run_may_end_otherwise() {
    runIn(FAILED).propose(COMPLETED).accepted();
    runIn(COMPLETED).withData(KEPT).propose(FAILED).accepted();
    runIn(CRASHED).propose(CANCELLED).accepted();
  }

  @Test
  void a_policy_is_restored_when_a_later_rule_refuses() {
    runIn(CANCELLED)
        .withPolicy(PAUSED_ONCE)
        .propose(PENDING)
        .refusedWithoutTrace(
            ABORT,
            "OnlyOneWorkerMayTakeARun",
            "This run is in a CANCELLED state and cannot transition to a PENDING state.");
  }
}
