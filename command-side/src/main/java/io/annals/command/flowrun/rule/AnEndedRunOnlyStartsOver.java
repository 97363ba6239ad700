package io.annals.command.flowrun.rule;

import io.annals.command.state.ApiVersion;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A run that has ended cannot pause, crash or be cancelled any more; it can start over, unless it
 * has left a result that others rely on, or has no deployment that could schedule it. Prefect's
 * HandleFlowTerminalStateTransitions.
 */
final class AnEndedRunOnlyStartsOver implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return from != null && from.isTerminal();
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    State to = proposed.to();
    if (from != null && to.isAny(StateType.CANCELLING, StateType.PAUSED, StateType.CRASHED)) {
      return new Verdict.Abort("Run is already in terminal state " + from.type() + ".");
    }
    if (PersistedResult.isKeptBy(from) && !to.isTerminal()) {
      return new Verdict.Reject("Run is already COMPLETED.");
    }
    if (PersistedResult.wouldBeLost(from, to)) {
      return new Verdict.Reject(AResultIsNotOverwritten.REASON);
    }
    if (to.isAny(StateType.SCHEDULED) && proposed.run().deploymentId() == null) {
      return new Verdict.Abort("Cannot reschedule a run without an associated deployment.");
    }
    if (!to.isTerminal() && proposed.client().speaks(ApiVersion.KNOWS_PAUSES)) {
      String retryType = to.isAny(StateType.SCHEDULED) ? "reschedule" : null;
      return proposed.passWith(proposed.policy().startedOver(retryType));
    }
    return proposed.pass();
  }

  @Override
  public EmpiricalPolicy takenBack(Transition judged, EmpiricalPolicy policy) {
    return judged.policy();
  }
}
