package io.annals.app.job;

import io.annals.command.flowrun.FlowRunCommand.LeaveFlowRunState;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunCommand.SetTaskRunState;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.query.overdue.CancelledChild;
import io.annals.query.overdue.OverdueQueries;
import io.annals.query.overdue.OverdueRun;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a cancelled run leaves behind is cancelled too, and a run that does not stop when it is told
 * to is cancelled after a while (Prefect's cancellation cleanup).
 */
public final class CancellationCleanup implements Job {
  private static final int PAGE = 200;
  private static final int TASK_RUNS_AT_A_TIME = 100;

  /** Runs that were cancelled earlier are done with. */
  private static final Duration LOOKS_BACK = Duration.ofDays(1);

  private static final String BY_PARENT = "The parent flow run was cancelled.";
  private static final String TIMED_OUT =
      "Flow run cancellation timed out; marked this flow run as Cancelled.";

  private final OverdueQueries runs;
  private final JobCommands commands;
  private final Settings settings;

  /**
   * When is cleaned up.
   *
   * @param timeout how long a run may take to stop
   */
  public record Settings(Duration every, Duration timeout) {}

  /** Cleans up after cancelled runs. */
  public CancellationCleanup(OverdueQueries runs, JobCommands commands, Settings settings) {
    this.runs = runs;
    this.commands = commands;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "cancellation-cleanup";
  }

  @Override
  public Duration every() {
    return settings.every();
  }

  @Override
  public void run(Instant now) {
    Steps.inTurn(
        () -> commands.forEach(cancelled(now), this::cancelTaskRuns),
        () -> commands.forEach(children(), this::cancelChild),
        () -> commands.forEach(cancelling(now), this::endCancelling));
  }

  private Iterable<UUID> cancelled(Instant now) {
    Instant since = now.minus(LOOKS_BACK);
    return Pages.of(
        PAGE, (after, limit) -> runs.cancelledSince(since, after, limit), Function.identity());
  }

  private Iterable<CancelledChild> children() {
    return Pages.of(PAGE, runs::cancelledChildren, CancelledChild::flowRunId);
  }

  private Iterable<OverdueRun> cancelling(Instant now) {
    Instant since = now.minus(settings.timeout());
    return Pages.of(
        PAGE, (after, limit) -> runs.cancellingTooLong(since, after, limit), OverdueRun::flowRunId);
  }

  private void cancelTaskRuns(UUID flowRunId) {
    ProposedState cancelled = state(StateType.CANCELLED, BY_PARENT);
    commands.forEach(
        runs.openTaskRuns(flowRunId, TASK_RUNS_AT_A_TIME),
        id -> commands.tell(new SetTaskRunState(id, cancelled, true, Client.UNKNOWN)));
  }

  /** One with infrastructure is told to stop; its worker then says that it has. */
  private void cancelChild(CancelledChild child) {
    StateType type = child.isDeployed() ? StateType.CANCELLING : StateType.CANCELLED;
    commands.tell(
        new LeaveFlowRunState(child.flowRunId(), child.stateId(), state(type, BY_PARENT), true));
  }

  private void endCancelling(OverdueRun run) {
    commands.tell(
        new LeaveFlowRunState(
            run.flowRunId(), run.stateId(), state(StateType.CANCELLED, TIMED_OUT), false));
  }

  private static ProposedState state(StateType type, String message) {
    return new ProposedState(type, null, message, null, StateDetails.NONE);
  }
}
