package io.annals.command.flowrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A run becomes late once, and only while it waits for its time. Prefect's
 * EnsureOnlyScheduledFlowsMarkedLate.
 */
final class OnlyScheduledRunsBecomeLate implements TransitionRule {
  static final String LATE = "Late";

  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return to == StateType.SCHEDULED;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    if (from == null || !proposed.to().name().equals(LATE)) {
      return proposed.pass();
    }
    if (!from.isAny(StateType.SCHEDULED)) {
      return new Verdict.Reject("Only scheduled flows can be marked late.");
    }
    if (from.name().equals(LATE)) {
      return new Verdict.Reject("This flow run is already marked late.");
    }
    return proposed.pass();
  }
}
