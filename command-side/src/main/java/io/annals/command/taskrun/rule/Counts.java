package io.annals.command.taskrun.rule;

/**
 * What rules change about a task run beside its state.
 *
 * @param runCount RUNNING states entered since the run last started over
 * @param flowRunRunCount the enclosing flow run's run count when the task run last started
 */
public record Counts(int runCount, int flowRunRunCount) {
  /** These counts for a run that starts over: its retries are not used up any more. */
  Counts startedOver() {
    return new Counts(0, flowRunRunCount);
  }

  /** These counts for a run that has started in a given run of its flow. */
  Counts startedIn(int newFlowRunRunCount) {
    return new Counts(runCount, newFlowRunRunCount);
  }
}
