package io.annals.command.flowrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * CANCELLING is for a worker to take down what executes the run; where there is nothing to take
 * down, the run is cancelled right away. A run that awaits its retry may have a process, one that
 * is about to resume after a suspension has none yet. Prefect's
 * BypassCancellingFlowRunsWithNoInfra.
 */
final class WhatHasNoProcessIsCancelledAtOnce implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, @Nullable StateType to) {
    return (from == StateType.SCHEDULED || from == StateType.PAUSED) && to == StateType.CANCELLING;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    if (from == null) {
      return proposed.pass();
    }
    String process = proposed.run().infrastructurePid();
    boolean unstarted = from.isAny(StateType.SCHEDULED) && (process == null || process.isEmpty());
    if (unstarted || from.name().equals("Resuming")) {
      return cancelled(proposed, "Scheduled flow run has no infrastructure to terminate.");
    }
    if (from.isAny(StateType.PAUSED) && from.stateDetails().pauseReschedule()) {
      return cancelled(proposed, "Suspended flow run has no infrastructure to terminate.");
    }
    return proposed.pass();
  }

  private static Verdict cancelled(Transition proposed, String reason) {
    return new Verdict.Replace(proposed.cancelled(null), reason, proposed.policy());
  }
}
