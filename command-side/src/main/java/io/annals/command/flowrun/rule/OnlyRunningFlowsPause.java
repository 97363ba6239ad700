package io.annals.command.flowrun.rule;

import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A flow pauses while it runs, and once for each place in its code that asks for a pause. It can be
 * suspended, which ends its process, only when a deployment can start it again. Prefect's
 * HandlePausingFlows.
 */
final class OnlyRunningFlowsPause implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return to == StateType.PAUSED;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State to = proposed.to();
    String verb = PauseWords.verb(to);
    if (proposed.from() == null) {
      return new Verdict.Abort("Cannot " + verb + " flows with no state.");
    }
    if (!proposed.isFrom(StateType.RUNNING)) {
      return new Verdict.Reject("Cannot " + verb + " flows that are not currently running.");
    }
    if (proposed.policy().pauseKeys().contains(key(proposed))) {
      return new Verdict.Reject("This " + verb + " has already fired.");
    }
    if (to.stateDetails().pauseReschedule() && proposed.run().parentTaskRunId() != null) {
      return new Verdict.Abort("Cannot " + verb + " subflows.");
    }
    if (to.stateDetails().pauseReschedule() && proposed.run().deploymentId() == null) {
      return new Verdict.Abort("Cannot " + verb + " flows without a deployment.");
    }
    return proposed.pass();
  }

  @Override
  public EmpiricalPolicy after(Transition judged, EmpiricalPolicy policy) {
    return policy.pausedBy(key(judged));
  }

  /** A pause without a key is one of its own: the state's id stands for it. */
  private static String key(Transition proposed) {
    String key = proposed.to().stateDetails().pauseKey();
    return key == null ? proposed.to().id().toString() : key;
  }
}
