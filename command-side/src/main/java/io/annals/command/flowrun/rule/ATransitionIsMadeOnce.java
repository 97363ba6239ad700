package io.annals.command.flowrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client that did not hear the answer asks again with the same transition id, and gets the state
 * that its first try has made. Prefect's PreventDuplicateTransitions.
 */
final class ATransitionIsMadeOnce implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return true;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    UUID made = from == null ? null : from.stateDetails().transitionId();
    if (made == null || !made.equals(proposed.to().stateDetails().transitionId())) {
      return proposed.pass();
    }
    return new Verdict.Reject("This run has already made this state transition.");
  }
}
