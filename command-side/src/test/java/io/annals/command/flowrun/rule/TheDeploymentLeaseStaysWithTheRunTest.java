package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.LEASE;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.StateType.CANCELLING;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.state.StateDetails;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TheDeploymentLeaseStaysWithTheRunTest {
  @Test
  void a_run_keeps_its_lease_when_the_next_state_names_none() {
    assertThat(lease(runIn(PENDING).withDetails(held()).propose(RUNNING).accepted()))
        .isEqualTo(LEASE);
  }

  @Test
  void a_lease_that_the_next_state_names_wins() {
    UUID other = new UUID(9, 9);
    FlowRunStateSet set =
        runIn(RUNNING)
            .withDetails(held())
            .propose(CANCELLING, StateDetails.NONE.leased(other))
            .accepted();
    assertThat(lease(set)).isEqualTo(other);
  }

  @Test
  void a_run_without_a_lease_gets_none() {
    assertThat(lease(runIn(PENDING).propose(RUNNING).accepted())).isNull();
  }

  @Test
  void by_force_the_lease_is_lost() {
    FlowRunStateSet set =
        runIn(PENDING).withDetails(held()).force(ProposedState.of(RUNNING)).accepted();
    assertThat(lease(set)).isNull();
  }

  private static StateDetails held() {
    return StateDetails.NONE.leased(LEASE);
  }

  private static @Nullable UUID lease(FlowRunStateSet set) {
    return set.state().stateDetails().deploymentConcurrencyLeaseId();
  }
}
