package io.annals.app.job;

import io.annals.command.flowrun.FlowRunCommand.MarkFlowRunLate;
import io.annals.query.overdue.OverdueQueries;
import io.annals.query.overdue.OverdueRun;
import java.time.Duration;
import java.time.Instant;

/** Marks runs that nobody has taken in time (Prefect's late runs). */
public final class LateRuns implements Job {
  private static final int PAGE = 400;

  private final OverdueQueries runs;
  private final JobCommands commands;
  private final Duration every;
  private final Duration grace;

  /**
   * Looks for late runs.
   *
   * @param grace how long after its time a run is late
   */
  public LateRuns(OverdueQueries runs, JobCommands commands, Duration every, Duration grace) {
    this.runs = runs;
    this.commands = commands;
    this.every = every;
    this.grace = grace;
  }

  @Override
  public String name() {
    return "late-runs";
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public void run(Instant now) {
    Instant due = now.minus(grace);
    commands.forEach(
        Pages.of(PAGE, (after, limit) -> runs.late(due, after, limit), OverdueRun::flowRunId),
        run -> commands.tell(new MarkFlowRunLate(run.flowRunId())));
  }
}
