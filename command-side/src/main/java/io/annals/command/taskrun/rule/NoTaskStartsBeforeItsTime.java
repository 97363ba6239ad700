package io.annals.command.taskrun.rule;

import io.annals.command.state.Bookkeeping;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/** The server's clock says when a scheduled task may start. Prefect's WaitForScheduledTime. */
final class NoTaskStartsBeforeItsTime implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
    return (from == StateType.SCHEDULED || from == StateType.PENDING) && to == StateType.RUNNING;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    if (from == null) {
      return proposed.pass();
    }
    long seconds = Bookkeeping.secondsUntil(from.stateDetails().scheduledTime(), proposed.now());
    return seconds > 0
        ? new Verdict.Wait(
            Math.clamp(seconds, 0, Integer.MAX_VALUE), "Scheduled time is in the future")
        : proposed.pass();
  }
}
