package io.annals.command.flowrun.rule;

import java.util.List;

/** Which rules are asked about a flow run's next state, and in which order: nowhere else. */
public final class FlowRunRules {
  /** For what clients propose. */
  public static final List<TransitionRule> CORE =
      List.of(
          /* 1 */ new TheDeploymentLeaseStaysWithTheRun(),
          /* 2 */ new ATransitionIsMadeOnce(),
          /* 3 */ new AnEndedRunOnlyStartsOver(),
          /* 4 */ new ACancellingRunOnlyBecomesCancelled(),
          /* 5 */ new WhatHasNoProcessIsCancelledAtOnce(),
          /* 6 */ new OnlyOneWorkerMayTakeARun(),
          /* 7 */ new AStartingRunStillHasItsSlot(),
          /* 8 */ new ARunTakesASlotOfItsDeployment(),
          // 9 RemoveDeploymentConcurrencyLeaseForOldClientVersions is SlotQuestion.Keep
          /* 10 */ new OnlyScheduledRunsBecomeLate(),
          /* 11 */ new OnlyRunningFlowsPause(),
          /* 12 */ new APausedRunResumesInTime(),
          /* 13 */ new APendingRunKeepsItsScheduledTime(),
          /* 14 */ new NoRunStartsBeforeItsTime(),
          /* 15 */ new AFailedRunIsRetried()
          // 16 InstrumentFlowRunStateTransitions is the event's face
          // 17 ReleaseFlowConcurrencySlots is AStoppedRunGivesItsSlotBack, once the state is stored
          );

  /** For what is forced, and for the first state of a run. */
  public static final List<TransitionRule> MINIMAL =
      List.of(
          /* 1 */ new AResultIsNotOverwritten(), /* 2 */ new WhatHasNoProcessIsCancelledAtOnce()
          // 3 InstrumentFlowRunStateTransitions is the event's face
          // 4 ReleaseFlowConcurrencySlots is AStoppedRunGivesItsSlotBack, once the state is stored
          );

  /** For scheduled runs whose time has passed. */
  public static final List<TransitionRule> MARK_LATE =
      List.of(
          /* 1 */ new OnlyScheduledRunsBecomeLate(),
          /* 2 */ new ALateRunIsCancelledWhenAllSlotsAreTaken()
          // 3 InstrumentFlowRunStateTransitions is the event's face
          );

  private FlowRunRules() {}
}
