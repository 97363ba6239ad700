package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.DEPLOYMENT;
import static io.annals.command.flowrun.FlowRunFixture.LEASE;
import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.RUN;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.StateType.CANCELLED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PAUSED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.flowrun.FlowRunFixture;
import io.annals.command.flowrun.rule.DeploymentSlot.AllTaken;
import io.annals.command.flowrun.rule.DeploymentSlot.Closed;
import io.annals.command.flowrun.rule.DeploymentSlot.DeploymentGone;
import io.annals.command.flowrun.rule.DeploymentSlot.Held;
import io.annals.command.flowrun.rule.DeploymentSlot.NotNeeded;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ARunTakesASlotOfItsDeploymentTest {
  private static final String RULE = "ARunTakesASlotOfItsDeployment";
  private static final String FULL = "Deployment concurrency limit reached.";
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  @Test
  void a_run_that_a_worker_takes_holds_a_slot() {
    FlowRunFixture run = runIn(SCHEDULED).deployed().finding(new Held(LEASE));
    State state = run.propose(PENDING).accepted().state();
    assertThat(state.stateDetails().deploymentConcurrencyLeaseId()).isEqualTo(LEASE);
    assertThat(run.slotQuestions()).containsExactly(new SlotQuestion.Take(DEPLOYMENT, RUN));
    assertThat(run.givenBack()).isEmpty();
  }

  @Test
  void a_run_that_starts_over_takes_another_slot_than_it_had() {
    FlowRunFixture run =
        runIn(FAILED)
            .deployed()
            .withDetails(StateDetails.NONE.leased(new UUID(9, 9)))
            .finding(new Held(LEASE));
    State state = run.propose(PENDING).accepted().state();
    assertThat(state.stateDetails().deploymentConcurrencyLeaseId()).isEqualTo(LEASE);
  }

  @Test
  void where_nothing_is_limited_no_slot_is_needed() {
    FlowRunFixture run = runIn(SCHEDULED).deployed().finding(new NotNeeded());
    State state = run.propose(PENDING).accepted().state();
    assertThat(state.stateDetails().deploymentConcurrencyLeaseId()).isNull();
  }

  @Test
  void a_run_that_finds_all_slots_taken_comes_back_later() {
    FlowRunFixture run = runIn(SCHEDULED).deployed().finding(new AllTaken(false, HALF_A_MINUTE));
    State state = run.propose(PENDING).replaced(RULE, FULL).state();
    assertThat(state.type()).isEqualTo(SCHEDULED);
    assertThat(state.name()).isEqualTo("AwaitingConcurrencySlot");
    assertThat(state.message()).isNull();
    assertThat(state.stateDetails().scheduledTime()).isEqualTo(NOW.plus(HALF_A_MINUTE));
  }

  @Test
  void or_is_cancelled_where_the_deployment_says_so() {
    FlowRunFixture run = runIn(SCHEDULED).deployed().finding(new AllTaken(true, HALF_A_MINUTE));
    State state = run.propose(PENDING).replaced(RULE, FULL).state();
    assertThat(state.type()).isEqualTo(CANCELLED);
    assertThat(state.name()).isEqualTo("Cancelled");
    assertThat(state.message()).isEqualTo(FULL);
  }

  @Test
  void a_limit_of_zero_would_let_nothing_run_ever() {
    runIn(SCHEDULED)
        .deployed()
        .finding(new Closed())
        .propose(PENDING)
        .refusedWithoutTrace(
            ProposalStatus.ABORT,
            RULE,
            "The deployment concurrency limit is 0. The flow will deadlock if submitted again.");
  }

  @Test
  void a_run_of_a_deployment_that_is_gone_is_not_taken() {
    runIn(SCHEDULED)
        .deployed()
        .finding(new DeploymentGone())
        .propose(PENDING)
        .refusedWithoutTrace(ProposalStatus.ABORT, RULE, "Deployment not found.");
  }

  @Test
  void a_slot_that_was_taken_for_nothing_is_given_back_at_once() {
    FlowRunFixture run = runIn(PAUSED).deployed().finding(new Held(LEASE));
    run.propose(PENDING)
        .refused(
            ProposalStatus.REJECT,
            "APausedRunResumesInTime",
            "This run cannot transition to the StateType.PENDING state from the StateType.PAUSED"
                + " state.");
    assertThat(run.givenBack()).contains(LEASE);
  }

  @Test
  void a_run_without_a_deployment_asks_for_nothing() {
    FlowRunFixture run = runIn(SCHEDULED);
    run.propose(PENDING).accepted();
    assertThat(run.slotQuestions()).isEmpty();
  }

  @Test
  void a_run_that_has_a_slot_already_asks_for_no_other() {
    FlowRunFixture run = runIn(PENDING).deployed();
    run.propose(PENDING, "Submitting").accepted();
    assertThat(run.slotQuestions()).isEmpty();
  }

  @Test
  void what_is_forced_takes_no_slot() {
    FlowRunFixture run = runIn(SCHEDULED).deployed();
    run.force(ProposedState.of(PENDING)).accepted();
    run.force(ProposedState.of(RUNNING));
    assertThat(run.slotQuestions()).isEmpty();
  }

  @Test
  void some_workers_count_slots_themselves() {
    FlowRunFixture run =
        runIn(SCHEDULED).deployed().by(Client.of(null, "prefect/3.0.2 (API 0.8.4)"));
    run.propose(PENDING).accepted();
    assertThat(run.slotQuestions()).isEmpty();
  }
}
