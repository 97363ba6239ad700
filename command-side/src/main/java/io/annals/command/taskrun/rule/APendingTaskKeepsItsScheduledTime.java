package io.annals.command.taskrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A task that somebody has taken still has to wait for its time, unless it was given another one.
 * Prefect's CopyScheduledTime.
 */
final class APendingTaskKeepsItsScheduledTime implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
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
