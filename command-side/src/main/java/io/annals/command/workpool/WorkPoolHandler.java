package io.annals.command.workpool;

import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.entity.Entities;
import io.annals.command.workpool.WorkPool.Notice;
import io.annals.command.workpool.WorkPoolCommand.CreateWorkPool;
import io.annals.command.workpool.WorkPoolCommand.CreateWorkQueue;
import io.annals.command.workpool.WorkPoolCommand.DeleteWorkPool;
import io.annals.command.workpool.WorkPoolCommand.DeleteWorkQueue;
import io.annals.command.workpool.WorkPoolCommand.EnsureAgentPool;
import io.annals.command.workpool.WorkPoolCommand.EnsureWorkQueue;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkPoolNotReady;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkPoolReady;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkQueueNotReady;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkQueueReady;
import io.annals.command.workpool.WorkPoolCommand.UpdateWorkPool;
import io.annals.command.workpool.WorkPoolCommand.UpdateWorkQueue;
import io.annals.events.workpool.WorkPoolEvent;
import io.annals.events.workpool.WorkStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;

/** Takes commands about work pools and their queues, gathers facts, and has them decided. */
public final class WorkPoolHandler {
  /** How commands about pools that are not there are refused. */
  public static final Refusal MISSING = new Refusal(Kind.NOT_FOUND, "Work pool not found.");

  /** How commands about queues that are not there are refused. */
  public static final Refusal QUEUE_MISSING = WorkPoolDecider.QUEUE_MISSING;

  /** A queue whose runs were asked for within this time is ready. */
  public static final Duration RECENT_POLL = Duration.ofSeconds(60);

  private final Entities<WorkPool, WorkPoolEvent> pools;
  private final WorkPoolPorts ports;
  private final KeyedLocks locks;
  private final Supplier<UUID> ids;

  /**
   * A handler of all commands about work pools.
   *
   * @param ids makes ids that were never made before
   */
  public WorkPoolHandler(
      Entities<WorkPool, WorkPoolEvent> pools,
      WorkPoolPorts ports,
      KeyedLocks locks,
      Supplier<UUID> ids) {
    this.pools = pools;
    this.ports = ports;
    this.locks = locks;
    this.ids = ids;
  }

  /** Sets up a pool with its default queue. */
  @CommandHandler
  public UUID handle(CreateWorkPool command) {
    ports
        .judgeJobTemplate()
        .flaw(command.baseJobTemplate())
        .ifPresent(
            flaw -> {
              throw flaw.asException();
            });
    if (findHeld(command.name()).isPresent()) {
      throw new Refusal(Kind.CONFLICT, "A work pool with this name already exists.").asException();
    }
    UUID poolId = ids.get();
    pools.begin(WorkPoolDecider.create(command, poolId, ids.get(), notice()));
    return poolId;
  }

  /** Finds the pool of the old agents, or sets it up. */
  @CommandHandler
  public Created handle(EnsureAgentPool command) {
    Optional<UUID> known = findHeld(WorkPool.AGENT_POOL);
    if (known.isPresent()) {
      return new Created(known.get(), false);
    }
    UUID poolId = ids.get();
    pools.begin(WorkPoolDecider.createAgentPool(poolId, ids.get()));
    return new Created(poolId, true);
  }

  /** Changes a pool. */
  @CommandHandler
  public void handle(UpdateWorkPool command) {
    boolean hasWorkers = ports.findOnlineWorkers().anyOf(command.workPoolId());
    pools.change(
        command.workPoolId(), pool -> WorkPoolDecider.update(pool, command, hasWorkers, notice()));
  }

  /** Says that a worker of the pool is online. */
  @CommandHandler
  public void handle(MarkWorkPoolReady command) {
    mark(command.workPoolId(), WorkStatus.NOT_READY, WorkStatus.READY);
  }

  /** Says that no worker of the pool is online. */
  @CommandHandler
  public void handle(MarkWorkPoolNotReady command) {
    mark(command.workPoolId(), WorkStatus.READY, WorkStatus.NOT_READY);
  }

  private void mark(UUID poolId, WorkStatus from, WorkStatus to) {
    pools.change(poolId, pool -> WorkPoolDecider.mark(pool, from, to, notice()));
  }

  /** Deletes a pool with its queues. */
  @CommandHandler
  public void handle(DeleteWorkPool command) {
    pools.change(command.workPoolId(), WorkPoolDecider::delete);
  }

  /** Adds a queue. */
  @CommandHandler
  public UUID handle(CreateWorkQueue command) {
    return pools.decide(
        command.workPoolId(), pool -> WorkPoolDecider.createQueue(pool, command, ids.get()));
  }

  /** Finds a queue, or adds it. */
  @CommandHandler
  public UUID handle(EnsureWorkQueue command) {
    return pools.decide(
        command.workPoolId(), pool -> WorkPoolDecider.ensureQueue(pool, command, ids.get()));
  }

  /** Changes a queue. */
  @CommandHandler
  public void handle(UpdateWorkQueue command) {
    boolean polledRecently =
        ports
            .findLastPoll()
            .of(command.workQueueId())
            .filter(polled -> !polled.isBefore(pools.now().minus(RECENT_POLL)))
            .isPresent();
    pools.change(
        command.workPoolId(), pool -> WorkPoolDecider.updateQueue(pool, command, polledRecently));
  }

  /** Says that a worker has asked for the queue's runs. */
  @CommandHandler
  public void handle(MarkWorkQueueReady command) {
    markQueue(command.workPoolId(), command.workQueueId(), WorkStatus.NOT_READY, WorkStatus.READY);
  }

  /** Says that no worker has asked for the queue's runs for a while. */
  @CommandHandler
  public void handle(MarkWorkQueueNotReady command) {
    markQueue(command.workPoolId(), command.workQueueId(), WorkStatus.READY, WorkStatus.NOT_READY);
  }

  private void markQueue(UUID poolId, UUID queueId, WorkStatus from, WorkStatus to) {
    pools.change(poolId, pool -> WorkPoolDecider.markQueue(pool, queueId, from, to));
  }

  /** Deletes a queue. */
  @CommandHandler
  public void handle(DeleteWorkQueue command) {
    pools.change(
        command.workPoolId(), pool -> WorkPoolDecider.deleteQueue(pool, command.workQueueId()));
  }

  /** The pool of a name that nobody else may take meanwhile. */
  private Optional<UUID> findHeld(String name) {
    locks.holdUntilFinished(WorkPool.class, name);
    return ports.findByName().idOf(name);
  }

  private Notice notice() {
    return new Notice(ids.get(), pools.now());
  }
}
