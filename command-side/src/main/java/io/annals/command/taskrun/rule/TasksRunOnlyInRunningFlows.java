package io.annals.command.taskrun.rule;

import io.annals.command.taskrun.rule.Transition.FlowRunFacts;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A task does not start while its flow is paused or not running at all. Prefect's
 * PreventRunningTasksFromStoppedFlows.
 */
final class TasksRunOnlyInRunningFlows implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
    return to == StateType.RUNNING;
  }

  @Override
  public Verdict judge(Transition proposed) {
    FlowRunFacts flowRun = proposed.run().flowRun();
    if (flowRun == null) {
      return proposed.pass();
    }
    State flow = flowRun.state();
    if (flow != null && flow.isAny(StateType.RUNNING)) {
      return proposed.pass();
    }
    if (flow != null && flow.isAny(StateType.PAUSED)) {
      return new Verdict.Replace(
          proposed.substitute(StateType.PAUSED, "NotReady", pausedLike(flow.stateDetails())),
          "The flow is paused, new tasks can execute after resuming flow run: "
              + proposed.run().flowRunId()
              + ".");
    }
    return new Verdict.Abort("The enclosing flow must be running to begin task execution.");
  }

  /** A task waits as long as its flow does. */
  private static StateDetails pausedLike(StateDetails flow) {
    return new StateDetails(
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        false,
        flow.pauseTimeout(),
        flow.pauseReschedule(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
