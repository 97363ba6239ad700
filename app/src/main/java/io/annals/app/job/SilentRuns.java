package io.annals.app.job;

import io.annals.command.flowrun.FlowRunCommand.LeaveFlowRunState;
import io.annals.command.state.ProposedState;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.query.overdue.OverdueQueries;
import io.annals.query.overdue.OverdueRun;
import java.time.Duration;
import java.time.Instant;

/**
 * Running runs that sent heartbeats and have stopped to are taken for crashed. Prefect leaves this
 * to an automation; runs that never sent one are left alone here too.
 */
public final class SilentRuns implements Job {
  private static final int PAGE = 200;

  private final OverdueQueries runs;
  private final JobCommands commands;
  private final Duration every;
  private final Duration patience;

  /**
   * Looks for runs that fell silent.
   *
   * @param patience how long a run may be silent
   */
  public SilentRuns(OverdueQueries runs, JobCommands commands, Duration every, Duration patience) {
    this.runs = runs;
    this.commands = commands;
    this.every = every;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "silent-runs";
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public void run(Instant now) {
    ProposedState crashed =
        new ProposedState(
            StateType.CRASHED,
            null,
            "No heartbeat for %d seconds.".formatted(patience.toSeconds()),
            null,
            StateDetails.NONE);
    commands.forEach(
        Pages.of(
            PAGE,
            (after, limit) -> runs.silentSince(now.minus(patience), after, limit),
            OverdueRun::flowRunId),
        run ->
            commands.tell(new LeaveFlowRunState(run.flowRunId(), run.stateId(), crashed, false)));
  }
}
