package io.annals.app.job;

import io.annals.command.deployment.DeploymentCommand.SetDeploymentStatus;
import io.annals.events.deployment.DeploymentStatus;
import io.annals.query.deployment.DeploymentPolls;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Keeps deployments ready as long as somebody asks for their runs. That is telemetry; only a change
 * of the status is decided and told.
 */
public final class DeploymentReadiness {
  /** Deployments that are told at a time that nobody asks for their runs; the rest come next. */
  private static final int SILENT_AT_A_TIME = 1_000;

  private final DeploymentPolls polls;
  private final JobCommands commands;
  private final InstantSource clock;

  /** Looks after all deployments. */
  public DeploymentReadiness(DeploymentPolls polls, JobCommands commands, InstantSource clock) {
    this.polls = polls;
    this.commands = commands;
    this.clock = clock;
  }

  /** Somebody has asked for the runs of some deployments just now. */
  public void polled(Collection<UUID> deploymentIds) {
    record(deploymentIds, List.of());
  }

  /** Somebody has asked for the runs of some queues just now. */
  public void queuesPolled(Collection<UUID> workQueueIds) {
    record(List.of(), workQueueIds);
  }

  private void record(Collection<UUID> deploymentIds, Collection<UUID> workQueueIds) {
    set(polls.record(deploymentIds, workQueueIds, clock.instant()), DeploymentStatus.READY);
  }

  /** Nobody takes runs of deployments that were asked for last before a moment. */
  public void notPolledSince(Instant horizon) {
    set(polls.silentSince(horizon, SILENT_AT_A_TIME), DeploymentStatus.NOT_READY);
  }

  private void set(List<UUID> deploymentIds, DeploymentStatus status) {
    commands.forEach(deploymentIds, id -> commands.tell(new SetDeploymentStatus(id, status)));
  }
}
