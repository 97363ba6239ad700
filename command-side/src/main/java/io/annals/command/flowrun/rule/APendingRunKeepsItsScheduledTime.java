package io.annals.command.flowrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A run that a worker has taken still has to wait for its time, unless the worker gave it another
 * one. Prefect's CopyScheduledTime.
 */
final class APendingRunKeepsItsScheduledTime implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return from == StateType.SCHEDULED && to == StateType.PENDING;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    if (from == null || proposed.to().stateDetails().scheduledTime() != null) {
      return proposed.pass();
    }
    return proposed.passWith(proposed.to().stateDetails().at(from.stateDetails().scheduledTime()));
  }
}
