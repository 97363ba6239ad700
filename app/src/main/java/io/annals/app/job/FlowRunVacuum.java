package io.annals.app.job;

import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.query.overdue.OverdueQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes runs that ended long ago, with all that belongs to them (Prefect's database vacuum). What
 * the log says about them stays.
 */
public final class FlowRunVacuum implements Job {
  private static final Logger log = LoggerFactory.getLogger(FlowRunVacuum.class);

  private final OverdueQueries runs;
  private final JobCommands commands;
  private final Settings settings;

  /**
   * What is kept.
   *
   * @param retention how long after its end a run stays
   * @param batchSize runs found at a time
   */
  public record Settings(Duration every, Duration retention, int batchSize) {}

  /** Deletes old runs. */
  public FlowRunVacuum(OverdueQueries runs, JobCommands commands, Settings settings) {
    this.runs = runs;
    this.commands = commands;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "flow-run-vacuum";
  }

  @Override
  public Duration every() {
    return settings.every();
  }

  @Override
  public void run(Instant now) {
    Pages.each(
        settings.batchSize(),
        (after, limit) -> runs.endedBefore(now.minus(settings.retention()), after, limit),
        Function.identity(),
        page -> {
          commands.forEach(page, id -> commands.tell(new DeleteFlowRun(id)));
          log.info(
              "Deleted {} runs that ended more than {} ago", page.size(), settings.retention());
        });
  }
}
