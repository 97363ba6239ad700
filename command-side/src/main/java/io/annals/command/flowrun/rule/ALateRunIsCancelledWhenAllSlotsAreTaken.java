package io.annals.command.flowrun.rule;

import io.annals.command.flowrun.rule.DeploymentSlot.AllTaken;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * Where runs that find no slot are to be cancelled, this goes for runs that no worker has even
 * asked for as well: they do not pile up as late ones. Prefect's
 * EnforceDeploymentConcurrencyOnLate.
 */
final class ALateRunIsCancelledWhenAllSlotsAreTaken implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return from == StateType.SCHEDULED && to == StateType.SCHEDULED;
  }

  @Override
  public Verdict judge(Transition proposed) {
    boolean isFull = proposed.run().slot() instanceof AllTaken taken && taken.cancelsNew();
    return isFull && proposed.to().name().equals(OnlyScheduledRunsBecomeLate.LATE)
        ? new Verdict.Replace(
            proposed.cancelled("Deployment concurrency limit reached."),
            "Deployment concurrency limit is full and uses the CANCEL_NEW strategy.",
            proposed.policy())
        : proposed.pass();
  }
}
