package io.annals.command.taskrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.util.List;

/** Which rules are asked about a task run's next state, and in which order: nowhere else. */
public final class TaskRunRules {
  /** For what clients propose. */
  public static final List<TransitionRule> CORE =
      List.of(
          /* 1 */ new AKnownResultIsTakenFromTheCache(),
          /* 2 */ new AnEndedTaskOnlyStartsOver(),
          /* 3 */ new TasksRunOnlyInRunningFlows(),
          /* 4 */ new ATaskTakesASlotForEachOfItsTags(),
          /* 5 */ new APendingTaskKeepsItsScheduledTime(),
          /* 6 */ new NoTaskStartsBeforeItsTime(),
          /* 7 */ new AFailedTaskIsRetried(),
          /* 8 */ new ARerunSaysSo(),
          /* 9 */ new ATaskRemembersTheRunOfItsFlow(),
          /* 10 */ new ACacheKeyIsNotTooLong()
          // 11 ReleaseTaskConcurrencySlots is AStoppedTaskGivesItsSlotsBack, once it is stored
          );

  /** For tasks that run in the background: proposals that say so, even forced ones. */
  public static final List<TransitionRule> BACKGROUND =
      List.of(
          /* 1 */ new OnlyOneWorkerMayTakeATask(),
          /* 2 */ new AKnownResultIsTakenFromTheCache(),
          /* 3 */ new AnEndedTaskOnlyStartsOver(),
          /* 4 */ new APendingTaskKeepsItsScheduledTime(),
          /* 5 */ new ATaskKeepsItsStoredParameters(),
          /* 6 */ new NoTaskStartsBeforeItsTime(),
          /* 7 */ new AFailedTaskIsRetried(),
          /* 8 */ new ARerunSaysSo(),
          /* 9 */ new ATaskRemembersTheRunOfItsFlow(),
          /* 10 */ new ACacheKeyIsNotTooLong()
          // 11 ReleaseTaskConcurrencySlots is AStoppedTaskGivesItsSlotsBack, once it is stored
          // 12 EnqueueScheduledTasks
          );

  /** For what is forced, for the first state of a run, and for the states of subflows. */
  public static final List<TransitionRule> MINIMAL =
      List.of(
          // 1 ReleaseTaskConcurrencySlots is AStoppedTaskGivesItsSlotsBack, once it is stored
          );

  /** The name of the state in which a task waits for its retry. */
  static final String AWAITING_RETRY = "AwaitingRetry";

  private TaskRunRules() {}

  /** The rules for a proposed state. */
  public static List<TransitionRule> governing(State proposed, boolean force) {
    if (runsInTheBackground(proposed)) {
      return BACKGROUND;
    }
    return force ? MINIMAL : CORE;
  }

  private static boolean runsInTheBackground(State proposed) {
    return Boolean.TRUE.equals(proposed.stateDetails().deferred());
  }

  /** Whether a proposed state needs slots of the limits on the task's tags. */
  public static boolean takesSlots(State proposed, boolean force) {
    return proposed.type() == StateType.RUNNING && !force && !runsInTheBackground(proposed);
  }

  /** Whether a proposed state asks for a result that is known already. */
  public static boolean looksIntoTheCache(State proposed) {
    String key = proposed.stateDetails().cacheKey();
    return proposed.type() == StateType.RUNNING
        && key != null
        && !key.isEmpty()
        && !Boolean.TRUE.equals(proposed.stateDetails().refreshCache());
  }
}
