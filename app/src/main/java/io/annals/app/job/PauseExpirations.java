package io.annals.app.job;

import io.annals.command.flowrun.FlowRunCommand.LeaveFlowRunState;
import io.annals.command.state.ProposedState;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.query.overdue.OverdueQueries;
import io.annals.query.overdue.OverdueRun;
import java.time.Duration;
import java.time.Instant;

/** Fails runs that were paused and never resumed (Prefect's pause expirations). */
public final class PauseExpirations implements Job {
  private static final int PAGE = 200;
  private static final ProposedState FAILED =
      new ProposedState(
          StateType.FAILED,
          null,
          "The flow was paused and never resumed.",
          null,
          StateDetails.NONE);

  private final OverdueQueries runs;
  private final JobCommands commands;
  private final Duration every;

  /** Looks at the given interval. */
  public PauseExpirations(OverdueQueries runs, JobCommands commands, Duration every) {
    this.runs = runs;
    this.commands = commands;
    this.every = every;
  }

  @Override
  public String name() {
    return "pause-expirations";
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public void run(Instant now) {
    commands.forEach(
        Pages.of(
            PAGE, (after, limit) -> runs.pausedTooLong(now, after, limit), OverdueRun::flowRunId),
        run -> commands.tell(new LeaveFlowRunState(run.flowRunId(), run.stateId(), FAILED, true)));
  }
}
