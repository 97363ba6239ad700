package io.annals.app.job;

import io.annals.command.workpool.MarkDeploymentsNotReady;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkPoolNotReady;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkQueueNotReady;
import io.annals.query.workpool.QueuePolls;
import io.annals.query.workpool.Workers;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When workers fall silent, then they are offline, and what only they worked for is not ready
 * (Prefect's foreman).
 */
public final class WorkersThatFallSilent implements Job {
  private static final Logger log = LoggerFactory.getLogger(WorkersThatFallSilent.class);

  private final Workers workers;
  private final QueuePolls polls;
  private final JobCommands commands;
  private final MarkDeploymentsNotReady markDeploymentsNotReady;
  private final Patience patience;

  /**
   * How long silence may last.
   *
   * @param every the interval of the job
   * @param missedHeartbeats heartbeats that a worker may leave out
   * @param fallbackInterval between heartbeats of workers that did not tell theirs
   * @param deploymentPoll since a deployment or its queue was last polled
   * @param queuePoll since a queue was last polled
   */
  public record Patience(
      Duration every,
      int missedHeartbeats,
      Duration fallbackInterval,
      Duration deploymentPoll,
      Duration queuePoll) {}

  /** Looks after workers, pools, queues and deployments. */
  public WorkersThatFallSilent(
      Workers workers,
      QueuePolls polls,
      JobCommands commands,
      MarkDeploymentsNotReady markDeploymentsNotReady,
      Patience patience) {
    this.workers = workers;
    this.polls = polls;
    this.commands = commands;
    this.markDeploymentsNotReady = markDeploymentsNotReady;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "foreman";
  }

  @Override
  public Duration every() {
    return patience.every();
  }

  @Override
  public void run(Instant now) {
    int silent = workers.markOffline(patience.missedHeartbeats(), patience.fallbackInterval(), now);
    if (silent > 0) {
      log.info("{} workers are offline", silent);
    }
    Steps.inTurn(
        () ->
            commands.forEach(
                workers.abandonedPools(), pool -> commands.tell(new MarkWorkPoolNotReady(pool))),
        () -> markDeploymentsNotReady.notPolledSince(now.minus(patience.deploymentPoll())),
        () ->
            commands.forEach(
                polls.abandonedSince(now.minus(patience.queuePoll())),
                queue ->
                    commands.tell(
                        new MarkWorkQueueNotReady(queue.workPoolId(), queue.workQueueId()))),
        workers::forgetThoseOfDeletedPools,
        polls::forgetThoseOfDeletedQueues);
  }
}
