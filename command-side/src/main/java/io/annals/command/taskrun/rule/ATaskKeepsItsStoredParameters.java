package io.annals.command.taskrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A background task finds its parameters through its state, from being scheduled to running.
 * Prefect's CopyTaskParametersID.
 */
final class ATaskKeepsItsStoredParameters implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
    return (from == StateType.SCHEDULED || from == StateType.PENDING)
        && (to == StateType.PENDING || to == StateType.RUNNING);
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    State to = proposed.to();
    if (from == null || to.stateDetails().taskParametersId() != null) {
      return proposed.pass();
    }
    return proposed.passWith(
        to.stateDetails().parametersStoredAs(from.stateDetails().taskParametersId()));
  }
}
