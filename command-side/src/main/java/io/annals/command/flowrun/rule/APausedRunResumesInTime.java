package io.annals.command.flowrun.rule;

import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A paused run goes on before its time is up, or fails; it may be cancelled even later, because its
 * process is still there. Whatever it was asked to become, refused proposals included, its next
 * RUNNING state counts as the same run: Prefect's HandleResumingPausedFlows concludes after its own
 * refusals too.
 */
final class APausedRunResumesInTime implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return from == StateType.PAUSED;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    State to = proposed.to();
    if (from == null) {
      return proposed.pass();
    }
    if (to.isAny(StateType.PENDING, StateType.PAUSED)) {
      // Clients do see the Python spelling of these types.
      return new Verdict.Reject(
          "This run cannot transition to the StateType."
              + to.type()
              + " state from the StateType."
              + from.type()
              + " state.");
    }
    if (from.stateDetails().pauseReschedule() && proposed.run().deploymentId() == null) {
      return new Verdict.Reject(
          "Cannot reschedule a " + PauseWords.display(to) + " flow run without a deployment.");
    }
    Instant timeout = from.stateDetails().pauseTimeout();
    boolean expired = timeout != null && timeout.isBefore(proposed.now());
    return expired && !to.isAny(StateType.CANCELLING) ? failed(proposed) : proposed.pass();
  }

  @Override
  public EmpiricalPolicy after(Transition judged, EmpiricalPolicy policy) {
    return policy.markedResuming(true);
  }

  private static Verdict failed(Transition proposed) {
    State to = proposed.to();
    return new Verdict.Replace(
        proposed.substitute(
            StateType.FAILED,
            StateType.FAILED.defaultName(),
            "The flow was " + PauseWords.display(to) + " and never resumed.",
            StateDetails.NONE),
        "The flow run " + PauseWords.verb(to) + " has timed out and can no longer resume.",
        proposed.policy());
  }
}
