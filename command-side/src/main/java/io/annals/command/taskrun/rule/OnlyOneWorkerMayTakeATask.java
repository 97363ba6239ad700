package io.annals.command.taskrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * Two workers may race for the same background task; the second one to ask for PENDING is turned
 * away. The first one may go on through pending states of other names. Prefect's
 * PreventPendingTransitions.
 */
final class OnlyOneWorkerMayTakeATask implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
    if (from == null || to != StateType.PENDING) {
      return false;
    }
    return switch (from) {
      case PENDING, RUNNING, CANCELLING, CANCELLED -> true;
      case SCHEDULED, COMPLETED, FAILED, CRASHED, PAUSED -> false;
    };
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    State to = proposed.to();
    if (from == null) {
      return proposed.pass();
    }
    boolean progresses =
        from.isAny(StateType.PENDING)
            && !from.name().equals(to.name())
            && !to.name().equals(StateType.PENDING.defaultName());
    if (progresses) {
      StateDetails known = from.stateDetails();
      return proposed.passWith(
          to.stateDetails().at(known.scheduledTime()).leased(known.deploymentConcurrencyLeaseId()));
    }
    return new Verdict.Abort(
        "This run is in a " + from.type() + " state and cannot transition to a PENDING state.");
  }
}
