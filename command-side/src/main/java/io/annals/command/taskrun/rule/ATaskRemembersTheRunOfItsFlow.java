package io.annals.command.taskrun.rule;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.taskrun.rule.Transition.FlowRunFacts;
import io.annals.command.taskrun.rule.Transition.RunFacts;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A task run remembers in which run of its flow it has started, so that the next one is known for a
 * retry of the flow. Prefect's UpdateFlowRunTrackerOnTasks.
 */
final class ATaskRemembersTheRunOfItsFlow implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
    return to == StateType.RUNNING;
  }

  @Override
  public Verdict judge(Transition proposed) {
    return proposed.pass();
  }

  @Override
  public Counts after(Transition judged, Counts counts) {
    RunFacts run = judged.run();
    if (run.flowRunId() == null) {
      return counts;
    }
    FlowRunFacts flowRun = run.flowRun();
    if (flowRun == null) {
      throw new Refusal(
              Kind.OBJECT_NOT_FOUND,
              "Unable to read flow run associated with task run: "
                  + run.taskRunId()
                  + ", this flow run might have been deleted")
          .asException();
    }
    return counts.startedIn(flowRun.runCount());
  }
}
