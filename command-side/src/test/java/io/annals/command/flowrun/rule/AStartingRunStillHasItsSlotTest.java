package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.DEPLOYMENT;
import static io.annals.command.flowrun.FlowRunFixture.LEASE;
import static io.annals.command.flowrun.FlowRunFixture.RUN;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.StateType.CANCELLED;
import static io.annals.events.state.StateType.CANCELLING;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.flowrun.FlowRunFixture;
import io.annals.command.flowrun.rule.DeploymentSlot.AllTaken;
import io.annals.command.flowrun.rule.DeploymentSlot.Closed;
import io.annals.command.flowrun.rule.DeploymentSlot.Held;
import io.annals.command.flowrun.rule.DeploymentSlot.NotNeeded;
import io.annals.command.state.Client;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AStartingRunStillHasItsSlotTest {
  private static final String RULE = "AStartingRunStillHasItsSlot";
  private static final String LOST = "Deployment concurrency limit reached after lease expiry.";
  private static final Client CURRENT = Client.of("0.8.4", "prefect/3.8.8 (API 0.8.4)");
  private static final Client OLD = Client.of("0.8.4", "prefect/3.4.10 (API 0.8.4)");
  private static final UUID OTHER = new UUID(9, 9);

  @Test
  void a_run_that_starts_renews_its_lease() {
    FlowRunFixture run = pending().finding(new Held(LEASE));
    assertThat(lease(run.propose(RUNNING).accepted())).isEqualTo(LEASE);
    assertThat(run.slotQuestions()).containsExactly(new SlotQuestion.Renew(DEPLOYMENT, RUN, LEASE));
    assertThat(run.givenBack()).isEmpty();
  }

  @Test
  void a_run_that_has_lost_its_slot_goes_on_with_another_one() {
    FlowRunFixture run = pending().finding(new Held(OTHER));
    assertThat(lease(run.propose(RUNNING).accepted())).isEqualTo(OTHER);
    assertThat(run.givenBack()).isEmpty();
  }

  @Test
  void or_is_cancelled_when_there_is_none() {
    FlowRunFixture run = pending().finding(new AllTaken(false, Duration.ZERO));
    State state = run.propose(RUNNING).replaced(RULE, LOST).state();
    assertThat(state.type()).isEqualTo(CANCELLED);
    assertThat(state.message())
        .isEqualTo(
            "Deployment concurrency slot lost during provisioning - no slots available to continue"
                + " execution");
    pending().finding(new Closed()).propose(RUNNING).replaced(RULE, LOST);
  }

  @Test
  void a_run_whose_deployment_is_not_limited_any_more_keeps_the_name_of_its_lease() {
    FlowRunFixture run = pending().finding(new NotNeeded());
    assertThat(lease(run.propose(RUNNING).accepted())).isEqualTo(LEASE);
  }

  @Test
  void the_lease_that_the_client_names_does_not_count() {
    FlowRunFixture run = pending().finding(new Held(LEASE));
    assertThat(lease(run.propose(RUNNING, StateDetails.NONE.leased(OTHER)).accepted()))
        .isEqualTo(LEASE);
  }

  @Test
  void a_run_without_a_lease_asks_for_nothing() {
    FlowRunFixture run = runIn(PENDING).deployed().by(CURRENT);
    assertThat(lease(run.propose(RUNNING).accepted())).isNull();
    assertThat(run.slotQuestions()).isEmpty();
  }

  @Test
  void a_client_that_cannot_renew_holds_its_slot_until_the_run_ends() {
    FlowRunFixture run = pending().by(OLD).finding(new NotNeeded());
    assertThat(lease(run.propose(RUNNING).accepted())).isEqualTo(LEASE);
    assertThat(run.slotQuestions()).containsExactly(new SlotQuestion.Keep(RUN, LEASE));

    FlowRunFixture unknown = pending().by(Client.UNKNOWN).finding(new NotNeeded());
    unknown.propose(CANCELLING).accepted();
    assertThat(unknown.slotQuestions()).containsExactly(new SlotQuestion.Keep(RUN, LEASE));
  }

  @Test
  void a_client_that_can_renew_does_so_while_it_cancels() {
    FlowRunFixture run = pending();
    run.propose(CANCELLING).accepted();
    assertThat(run.slotQuestions()).isEmpty();
  }

  private static FlowRunFixture pending() {
    return runIn(PENDING).deployed().withDetails(StateDetails.NONE.leased(LEASE)).by(CURRENT);
  }

  private static @Nullable UUID lease(FlowRunStateSet set) {
    return set.state().stateDetails().deploymentConcurrencyLeaseId();
  }
}
