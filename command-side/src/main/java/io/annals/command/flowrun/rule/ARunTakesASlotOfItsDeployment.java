package io.annals.command.flowrun.rule;

import io.annals.command.flowrun.rule.DeploymentSlot.AllTaken;
import io.annals.command.flowrun.rule.DeploymentSlot.Closed;
import io.annals.command.flowrun.rule.DeploymentSlot.DeploymentGone;
import io.annals.command.flowrun.rule.DeploymentSlot.Held;
import io.annals.command.flowrun.rule.DeploymentSlot.NotAsked;
import io.annals.command.flowrun.rule.DeploymentSlot.NotNeeded;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A run takes one of its deployment's slots when a worker takes the run, so that nothing is
 * provisioned for a run that may not start. One that finds all slots taken comes back later, or is
 * cancelled, as the deployment says. Prefect's SecureFlowConcurrencySlots.
 */
final class ARunTakesASlotOfItsDeployment implements TransitionRule {
  private static final String FULL = "Deployment concurrency limit reached.";

  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return SlotTransitions.takesSlot(from, to);
  }

  @Override
  public Verdict judge(Transition proposed) {
    return switch (proposed.run().slot()) {
      case NotAsked ignored -> proposed.pass();
      case NotNeeded ignored -> proposed.pass();
      case DeploymentGone ignored -> new Verdict.Abort("Deployment not found.");
      case Closed ignored ->
          new Verdict.Abort(
              "The deployment concurrency limit is 0. The flow will deadlock if submitted again.");
      case Held held -> proposed.passWith(proposed.to().stateDetails().leased(held.leaseId()));
      case AllTaken taken ->
          new Verdict.Replace(
              taken.cancelsNew() ? proposed.cancelled(FULL) : waiting(proposed, taken),
              FULL,
              proposed.policy());
    };
  }

  private static State waiting(Transition proposed, AllTaken taken) {
    return proposed.substitute(
        StateType.SCHEDULED,
        "AwaitingConcurrencySlot",
        null,
        StateDetails.NONE.at(proposed.now().plus(taken.comeBackAfter())));
  }
}
