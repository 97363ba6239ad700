package io.annals.app.job;

import io.annals.command.artifact.ArtifactCommand.DeleteArtifact;
import io.annals.query.vacuum.Orphans;
import io.annals.query.vacuum.Orphans.LoggedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes log lines and artifacts of flow runs that are gone (Prefect's vacuum of orphans): what
 * came too late, or what a run left that was deleted over the API. Collections of artifacts need no
 * vacuum, since they follow what becomes of their artifacts.
 */
public final class OrphanVacuum implements Vacuum {
  private static final Logger log = LoggerFactory.getLogger(OrphanVacuum.class);

  private final Orphans orphans;
  private final JobCommands commands;
  private final Settings settings;

  /**
   * When is looked, and how much goes at a time.
   *
   * @param batchSize lines or artifacts deleted at a time
   */
  public record Settings(Duration every, int batchSize) {}

  /** Deletes what belongs to no run. */
  public OrphanVacuum(Orphans orphans, JobCommands commands, Settings settings) {
    this.orphans = orphans;
    this.commands = commands;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "orphan-vacuum";
  }

  @Override
  public String word() {
    return "orphans";
  }

  @Override
  public Duration every() {
    return settings.every();
  }

  @Override
  public void run(Instant now) {
    long lines = 0;
    for (LoggedRun run :
        Pages.of(settings.batchSize(), orphans::loggedRuns, LoggedRun::flowRunId)) {
      lines += run.isGone() ? orphans.deleteLines(run.flowRunId(), settings.batchSize()) : 0;
    }
    int artifacts =
        commands.forEach(
            Pages.of(settings.batchSize(), orphans::artifacts, Function.<UUID>identity()),
            id -> commands.tell(new DeleteArtifact(id)));
    if (lines + artifacts > 0) {
      log.info("Deleted {} log lines and {} artifacts without a flow run", lines, artifacts);
    }
  }

  @Override
  public List<Finding> findings(Instant now) {
    return List.of(
        new Finding("log lines without a flow run", orphans.countLines(), null),
        new Finding("artifacts without a flow run", orphans.countArtifacts(), null));
  }
}
