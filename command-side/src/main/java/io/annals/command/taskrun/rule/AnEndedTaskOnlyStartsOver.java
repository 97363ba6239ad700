package io.annals.command.taskrun.rule;

import io.annals.command.taskrun.rule.Transition.FlowRunFacts;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task run that has ended cannot pause, crash or be cancelled any more; it can start over, with
 * all its retries, unless it has left a result that others rely on. Prefect's
 * HandleTaskTerminalStateTransitions.
 */
final class AnEndedTaskOnlyStartsOver implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
    return from != null && from.isTerminal();
  }

  @Override
  public Verdict judge(Transition proposed) {
    State from = proposed.from();
    State to = proposed.to();
    if (from == null) {
      return proposed.pass();
    }
    if (to.isAny(StateType.CANCELLING, StateType.PAUSED, StateType.CRASHED)) {
      return new Verdict.Abort("Run is already " + from.type() + ".");
    }
    if (from.isAny(StateType.COMPLETED) && isKept(from.data())) {
      return new Verdict.Reject("This run is already completed.");
    }
    State named = isRunOfItsFlowAgain(proposed) ? to.named("Retrying") : to;
    Counts counts = to.isTerminal() ? proposed.counts() : proposed.counts().startedOver();
    return new Verdict.Pass(named, counts);
  }

  @Override
  public Counts takenBack(Transition judged, Counts counts) {
    return judged.counts();
  }

  /** Whether a result can be read again: it did not go with the process that made it. */
  private static boolean isKept(@Nullable JsonNode data) {
    return data != null
        && !data.isNull()
        && !(data.isContainer() && data.isEmpty())
        && !"unpersisted".equals(data.path("type").stringValue(null));
  }

  /** Whether the task runs because its flow is run once more. */
  private static boolean isRunOfItsFlowAgain(Transition proposed) {
    FlowRunFacts flowRun = proposed.run().flowRun();
    return proposed.to().isAny(StateType.RUNNING)
        && flowRun != null
        && proposed.counts().flowRunRunCount() < flowRun.runCount();
  }
}
