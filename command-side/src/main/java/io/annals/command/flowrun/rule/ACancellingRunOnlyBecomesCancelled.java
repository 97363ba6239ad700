package io.annals.command.flowrun.rule;

import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * Once somebody has asked to cancel a run, nothing else can become of it. Prefect's
 * EnforceCancellingToCancelledTransition.
 */
final class ACancellingRunOnlyBecomesCancelled implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return from == StateType.CANCELLING && to != StateType.CANCELLED;
  }

  @Override
  public Verdict judge(Transition proposed) {
    return new Verdict.Reject(
        "Cannot transition flows that are cancelling to a state other than Cancelled.");
  }
}
