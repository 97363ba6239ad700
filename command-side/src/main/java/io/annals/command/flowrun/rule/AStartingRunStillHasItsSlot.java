package io.annals.command.flowrun.rule;

import io.annals.command.flowrun.rule.DeploymentSlot.AllTaken;
import io.annals.command.flowrun.rule.DeploymentSlot.Closed;
import io.annals.command.flowrun.rule.DeploymentSlot.DeploymentGone;
import io.annals.command.flowrun.rule.DeploymentSlot.Held;
import io.annals.command.flowrun.rule.DeploymentSlot.NotAsked;
import io.annals.command.flowrun.rule.DeploymentSlot.NotNeeded;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Provisioning may take longer than the lease of a slot. A run that starts renews its lease, or
 * takes another slot; when there is none it is cancelled, because what was provisioned for it
 * cannot be scheduled again. Prefect's ValidateDeploymentConcurrencyAtRunning.
 */
final class AStartingRunStillHasItsSlot implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return from == StateType.PENDING && to == StateType.RUNNING;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    UUID lease = from == null ? null : from.stateDetails().deploymentConcurrencyLeaseId();
    return switch (proposed.run().slot()) {
      case NotAsked ignored -> leased(proposed, lease);
      case NotNeeded ignored -> leased(proposed, lease);
      case DeploymentGone ignored -> leased(proposed, lease);
      case Held held -> leased(proposed, held.leaseId());
      case AllTaken ignored -> lost(proposed);
      case Closed ignored -> lost(proposed);
    };
  }

  private static Verdict leased(Transition proposed, @Nullable UUID lease) {
    return proposed.passWith(proposed.to().stateDetails().leased(lease));
  }

  private static Verdict lost(Transition proposed) {
    return new Verdict.Replace(
        proposed.cancelled(
            "Deployment concurrency slot lost during provisioning - no slots available to continue"
                + " execution"),
        "Deployment concurrency limit reached after lease expiry.",
        proposed.policy());
  }
}
