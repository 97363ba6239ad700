package io.annals.app.job;

import io.annals.command.artifact.ArtifactCommand.DeleteArtifact;
import io.annals.command.flowrun.FlowRunCommand.DeleteEndedFlowRun;
import io.annals.query.vacuum.ExpiredRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes runs that ended long ago, with all that belongs to them (Prefect's vacuum of flow runs).
 * What the log says about them stays. Their lines go a moment later, by {@link LogCleanup}.
 */
public final class FlowRunVacuum implements Vacuum {
  private static final Logger log = LoggerFactory.getLogger(FlowRunVacuum.class);

  private final ExpiredRuns runs;
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
  public FlowRunVacuum(ExpiredRuns runs, JobCommands commands, Settings settings) {
    this.runs = runs;
    this.commands = commands;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "flow-run-vacuum";
  }

  @Override
  public String word() {
    return "flow_runs";
  }

  @Override
  public Duration every() {
    return settings.every();
  }

  /** Again and again, since subflows are found when their parents are gone. */
  @Override
  public void run(Instant now) {
    Instant before = now.minus(settings.retention());
    int deleted = 0;
    int batch;
    do {
      List<UUID> oldest = runs.oldest(before, settings.batchSize());
      batch = commands.forEach(oldest, id -> delete(id, before));
      deleted += batch;
    } while (batch > 0);
    if (deleted > 0) {
      log.info("Deleted {} runs that ended before {}", deleted, before);
    }
  }

  /** The run comes first: one that went on meanwhile stays, and keeps its artifacts. */
  private void delete(UUID flowRunId, Instant before) {
    commands.tell(new DeleteEndedFlowRun(flowRunId, before));
    int batch;
    do {
      List<UUID> artifacts = runs.artifactsOf(flowRunId, settings.batchSize());
      batch = commands.forEach(artifacts, id -> commands.tell(new DeleteArtifact(id)));
    } while (batch > 0);
  }

  @Override
  public List<Finding> findings(Instant now) {
    Instant before = now.minus(settings.retention());
    return List.of(new Finding("flow runs", runs.count(before), before));
  }
}
