package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.run;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.ProposalStatus.ABORT;
import static io.annals.events.state.ProposalStatus.REJECT;
import static io.annals.events.state.StateType.PAUSED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import org.junit.jupiter.api.Test;

class OnlyRunningFlowsPauseTest {
  private static final String RULE = "OnlyRunningFlowsPause";

  @Test
  void a_running_flow_pauses_and_its_pause_is_remembered() {
    EmpiricalPolicy policy =
        runIn(RUNNING)
            .propose(PAUSED, Pauses.pause("key", false, null))
            .accepted()
            .empiricalPolicy();
    assertThat(policy.pauseKeys()).containsExactly("key");
  }

  @Test
  void a_pause_without_a_key_is_one_of_its_own() {
    FlowRunStateSet set = runIn(RUNNING).propose(PAUSED).accepted();
    assertThat(set.empiricalPolicy().pauseKeys()).containsExactly(set.state().id().toString());
  }

  @Test
  void a_run_without_a_state_cannot_pause() {
    run().propose(PAUSED).refused(ABORT, RULE, "Cannot pause flows with no state.");
    run().propose(PAUSED, "Suspended").refused(ABORT, RULE, "Cannot suspend flows with no state.");
  }

  @Test
  void a_run_that_does_not_run_cannot_pause() {
    runIn(PENDING)
        .propose(PAUSED)
        .refusedWithoutTrace(REJECT, RULE, "Cannot pause flows that are not currently running.");
    runIn(PAUSED)
        .propose(PAUSED, "Suspended")
        .refusedWithoutTrace(REJECT, RULE, "Cannot suspend flows that are not currently running.");
  }

  @Test
  void a_pause_fires_once() {
    EmpiricalPolicy fired = EmpiricalPolicy.DEFAULT.pausedBy("key");
    runIn(RUNNING)
        .withPolicy(fired)
        .propose(PAUSED, Pauses.pause("key", false, null))
        .refusedWithoutTrace(REJECT, RULE, "This pause has already fired.");
    runIn(RUNNING)
        .withPolicy(fired)
        .propose(PAUSED, "Suspended", Pauses.pause("key", true, null))
        .refusedWithoutTrace(REJECT, RULE, "This suspend has already fired.");
  }

  @Test
  void a_subflow_cannot_be_suspended() {
    runIn(RUNNING)
        .deployed()
        .subflow()
        .propose(PAUSED, "Suspended", Pauses.pause(null, true, null))
        .refusedWithoutTrace(ABORT, RULE, "Cannot suspend subflows.");
  }

  @Test
  void a_subflow_can_pause() {
    runIn(RUNNING).subflow().propose(PAUSED).accepted();
  }

  @Test
  void a_run_without_a_deployment_cannot_be_suspended() {
    runIn(RUNNING)
        .propose(PAUSED, "Suspended", Pauses.pause(null, true, null))
        .refusedWithoutTrace(ABORT, RULE, "Cannot suspend flows without a deployment.");
  }

  @Test
  void a_run_of_a_deployment_can_be_suspended() {
    runIn(RUNNING)
        .deployed()
        .propose(PAUSED, "Suspended", Pauses.pause(null, true, null))
        .accepted();
  }
}
