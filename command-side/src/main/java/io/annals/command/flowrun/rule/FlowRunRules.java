package io.annals.command.flowrun.rule;

import java.util.List;

/** Which rules are asked about a flow run's next state, and in which order: nowhere else. */
public final class FlowRunRules {
  /**
   * For what clients propose. In the places of Prefect's order that are empty here belong the rules
   * about a deployment's slots: a lost slot is taken again and a slot is taken before the run may
   * be late, and slots are given back at the very end.
   */
  public static final List<TransitionRule> CORE =
      List.of(
          /* 1 */ new TheDeploymentLeaseStaysWithTheRun(),
          /* 2 */ new ATransitionIsMadeOnce(),
          /* 3 */ new AnEndedRunOnlyStartsOver(),
          /* 4 */ new ACancellingRunOnlyBecomesCancelled(),
          /* 5 */ new WhatHasNoProcessIsCancelledAtOnce(),
          /* 6 */ new OnlyOneWorkerMayTakeARun(),
          // 7 ValidateDeploymentConcurrencyAtRunning
          // 8 SecureFlowConcurrencySlots
          // 9 RemoveDeploymentConcurrencyLeaseForOldClientVersions
          /* 10 */ new OnlyScheduledRunsBecomeLate(),
          /* 11 */ new OnlyRunningFlowsPause(),
          /* 12 */ new APausedRunResumesInTime(),
          /* 13 */ new APendingRunKeepsItsScheduledTime(),
          /* 14 */ new NoRunStartsBeforeItsTime(),
          /* 15 */ new AFailedRunIsRetried()
          // 16 InstrumentFlowRunStateTransitions is the event's face
          // 17 ReleaseFlowConcurrencySlots
          );

  /** For what is forced, and for the first state of a run. */
  public static final List<TransitionRule> MINIMAL =
      List.of(
          /* 1 */ new AResultIsNotOverwritten(), /* 2 */ new WhatHasNoProcessIsCancelledAtOnce()
          // 3 InstrumentFlowRunStateTransitions is the event's face
          // 4 ReleaseFlowConcurrencySlots
          );

  private FlowRunRules() {}
}
