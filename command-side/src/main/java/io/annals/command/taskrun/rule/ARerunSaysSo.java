package io.annals.command.taskrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/** A task that has run before runs under a name that shows it. Prefect's RenameReruns. */
final class ARerunSaysSo implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
    return to == StateType.RUNNING;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    if (from == null || proposed.counts().runCount() == 0) {
      return proposed.pass();
    }
    return proposed.passNamed(
        from.name().equals(TaskRunRules.AWAITING_RETRY) ? "Retrying" : "Rerunning");
  }
}
