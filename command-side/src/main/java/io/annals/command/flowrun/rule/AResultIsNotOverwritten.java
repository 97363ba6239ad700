package io.annals.command.flowrun.rule;

import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * Not even by force does a completed run lose the result that it has left. Prefect's
 * PreventResultDataLoss.
 */
final class AResultIsNotOverwritten implements TransitionRule {
  static final String REASON =
      "Cannot overwrite a COMPLETED state that carries persisted result data with one that does"
          + " not.";

  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return from != null && from.isTerminal() && to != null && to.isTerminal();
  }

  @Override
  public Verdict judge(Transition proposed) {
    return PersistedResult.wouldBeLost(proposed.from(), proposed.to())
        ? new Verdict.Reject(REASON)
        : proposed.pass();
  }
}
