package io.annals.command.taskrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;

/**
 * A task that is not running any more gives back all slots that it holds, once that is stored.
 * Prefect's ReleaseTaskConcurrencySlots.
 */
public final class AStoppedTaskGivesItsSlotsBack {
  private AStoppedTaskGivesItsSlotsBack() {}

  /** Whether a task run in this state has no use for slots. */
  public static boolean in(State state) {
    return !state.isAny(StateType.RUNNING, StateType.CANCELLING);
  }
}
