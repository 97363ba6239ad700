package io.annals.command.flowrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Workers propose states with an explicit null where the lease of a deployment's concurrency slot
 * belongs; a run that holds one keeps it. Prefect's PreserveDeploymentConcurrencyLeaseId.
 */
final class TheDeploymentLeaseStaysWithTheRun implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return true;
  }

  @Override
  public boolean isUniversal() {
    return true;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    UUID lease = from == null ? null : from.stateDetails().deploymentConcurrencyLeaseId();
    if (lease == null || proposed.to().stateDetails().deploymentConcurrencyLeaseId() != null) {
      return proposed.pass();
    }
    return proposed.passWith(proposed.to().stateDetails().leased(lease));
  }
}
