package io.annals.command.workpool;

import io.annals.command.decision.Change;
import io.annals.command.decision.Decision;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.workpool.WorkPool.Notice;
import io.annals.command.workpool.WorkPoolCommand.CreateWorkPool;
import io.annals.command.workpool.WorkPoolCommand.CreateWorkQueue;
import io.annals.command.workpool.WorkPoolCommand.EnsureWorkQueue;
import io.annals.command.workpool.WorkPoolCommand.UpdateWorkPool;
import io.annals.command.workpool.WorkPoolCommand.UpdateWorkQueue;
import io.annals.events.workpool.StorageConfiguration;
import io.annals.events.workpool.WorkPoolEvent;
import io.annals.events.workpool.WorkPoolEvent.Place;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolCreated;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolDefaultQueueSet;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolDeleted;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolPaused;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolResumed;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolStatusSet;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolUpdated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueCreated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueDeleted;
import io.annals.events.workpool.WorkPoolEvent.WorkQueuePaused;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueResumed;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueStatusSet;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueUpdated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueuesReprioritised;
import io.annals.events.workpool.WorkStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Decides about work pools and their queues. Pure. */
final class WorkPoolDecider {
  static final Refusal QUEUE_MISSING = new Refusal(Kind.NOT_FOUND, "work queue not found");
  static final Refusal QUEUE_NAME_TAKEN =
      new Refusal(Kind.CONFLICT, "A work queue with this name already exists.");

  private static final String DEFAULT_QUEUE = "default";
  private static final String DEFAULT_DESCRIPTION = "The work pool's default queue.";

  private WorkPoolDecider() {}

  /** A new pool with its default queue, and where it stands. */
  static List<WorkPoolEvent> create(
      CreateWorkPool command, UUID poolId, UUID queueId, Notice notice) {
    List<WorkPoolEvent> events =
        new ArrayList<>(
            begun(
                new WorkPoolCreated(
                    poolId,
                    command.name(),
                    command.description(),
                    command.type(),
                    command.baseJobTemplate(),
                    command.concurrencyLimit(),
                    command.storageConfiguration()),
                queueId));
    if (command.isPaused()) {
      events.add(new WorkPoolPaused(poolId, notice.id(), notice.at()));
    }
    if (!command.isPaused() || command.type().equals(WorkPool.AGENT_TYPE)) {
      events.add(new WorkPoolStatusSet(poolId, WorkStatus.NOT_READY, notice.id(), notice.at()));
    }
    return events;
  }

  /** The pool of queues without a pool, which Prefect sets up without saying where it stands. */
  static List<WorkPoolEvent> createAgentPool(UUID poolId, UUID queueId) {
    return begun(
        new WorkPoolCreated(
            poolId,
            WorkPool.AGENT_POOL,
            null,
            WorkPool.AGENT_TYPE,
            JsonNodeFactory.instance.objectNode(),
            null,
            StorageConfiguration.NONE),
        queueId);
  }

  private static List<WorkPoolEvent> begun(WorkPoolCreated created, UUID queueId) {
    UUID poolId = created.workPoolId();
    return List.of(
        created,
        new WorkQueueCreated(
            poolId, queueId, DEFAULT_QUEUE, DEFAULT_DESCRIPTION, false, null, 1, null),
        new WorkPoolDefaultQueueSet(poolId, queueId));
  }

  /**
   * What an update changes. Where it says whether the pool is paused, that is recorded even if
   * nothing changes: Prefect gives notice of the status each time.
   */
  static List<WorkPoolEvent> update(
      WorkPool pool, UpdateWorkPool command, boolean hasOnlineWorkers, Notice notice) {
    List<WorkPoolEvent> events = new ArrayList<>();
    WorkPool.Settings settings = pool.settings();
    WorkPoolUpdated updated =
        new WorkPoolUpdated(
            pool.id(),
            command.description().or(settings.description()),
            required(command.baseJobTemplate(), settings.baseJobTemplate()),
            command.concurrencyLimit().or(settings.concurrencyLimit()),
            required(command.storageConfiguration(), settings.storageConfiguration()));
    if (!WorkPool.settings(updated).equals(settings)) {
      events.add(updated);
    }
    if (command.isPaused() instanceof Change.To<@Nullable Boolean>) {
      boolean paused = required(command.isPaused(), pool.isPaused());
      events.add(
          paused
              ? new WorkPoolPaused(pool.id(), notice.id(), notice.at())
              : new WorkPoolResumed(
                  pool.id(),
                  hasOnlineWorkers ? WorkStatus.READY : WorkStatus.NOT_READY,
                  notice.id(),
                  notice.at()));
    }
    return events;
  }

  /** Moves a pool from one status to another; in any other status it stays. */
  static List<WorkPoolEvent> mark(WorkPool pool, WorkStatus from, WorkStatus to, Notice notice) {
    return pool.status() == from
        ? List.of(new WorkPoolStatusSet(pool.id(), to, notice.id(), notice.at()))
        : List.of();
  }

  /** The pool goes, its queues first. */
  static List<WorkPoolEvent> delete(WorkPool pool) {
    List<WorkPoolEvent> events = new ArrayList<>();
    pool.queues().forEach(queue -> events.add(new WorkQueueDeleted(pool.id(), queue.id())));
    events.add(new WorkPoolDeleted(pool.id()));
    return events;
  }

  /** A new queue; others make room when it takes the place of one. */
  static Decision<WorkPoolEvent, UUID> createQueue(
      WorkPool pool, CreateWorkQueue command, UUID queueId) {
    if (pool.queueNamed(command.name()).isPresent()) {
      throw QUEUE_NAME_TAKEN.asException();
    }
    Integer wanted = command.priority();
    int priority = wanted == null ? firstFree(pool.queues()) : wanted;
    List<WorkPoolEvent> events = new ArrayList<>();
    events.add(
        new WorkQueueCreated(
            pool.id(),
            queueId,
            command.name(),
            command.description(),
            command.isPaused(),
            command.concurrencyLimit(),
            priority,
            command.filter()));
    events.addAll(makeRoom(pool, queueId, priority));
    return new Decision<>(events, queueId);
  }

  /** The queue of a name, new unless it is there. */
  static Decision<WorkPoolEvent, UUID> ensureQueue(
      WorkPool pool, EnsureWorkQueue command, UUID queueId) {
    return pool.queueNamed(command.name())
        .map(known -> new Decision<WorkPoolEvent, UUID>(List.of(), known.id()))
        .orElseGet(
            () ->
                createQueue(
                    pool,
                    new CreateWorkQueue(
                        pool.id(), command.name(), "", false, null, command.priority(), null),
                    queueId));
  }

  /** What an update changes about a queue, and which others make room for it. */
  static List<WorkPoolEvent> updateQueue(
      WorkPool pool, UpdateWorkQueue command, boolean polledRecently) {
    WorkQueue queue = existing(pool, command.workQueueId());
    WorkQueueUpdated updated =
        new WorkQueueUpdated(
            pool.id(),
            queue.id(),
            required(command.name(), queue.name()),
            required(command.description(), queue.description()),
            command.concurrencyLimit().or(queue.concurrencyLimit()),
            required(command.priority(), queue.priority()),
            command.filter().or(queue.filter()));
    if (!updated.name().equals(queue.name()) && pool.queueNamed(updated.name()).isPresent()) {
      throw Refusal.INTEGRITY.asException();
    }
    List<WorkPoolEvent> events = new ArrayList<>();
    if (!queue.with(updated).equals(queue)) {
      events.add(updated);
      if (updated.priority() != queue.priority()) {
        events.addAll(makeRoom(pool, queue.id(), updated.priority()));
      }
    }
    if (command.isPaused() instanceof Change.To<Boolean>(Boolean paused)) {
      events.addAll(paused ? pause(pool, queue) : resume(pool, queue, polledRecently));
    }
    return events;
  }

  private static List<WorkPoolEvent> pause(WorkPool pool, WorkQueue queue) {
    return queue.status() == WorkStatus.PAUSED
        ? List.of()
        : List.of(new WorkQueuePaused(pool.id(), queue.id()));
  }

  /** A queue that was paused from the start keeps its status when it resumes, as in Prefect. */
  private static List<WorkPoolEvent> resume(
      WorkPool pool, WorkQueue queue, boolean polledRecently) {
    if (!queue.isPaused()) {
      return List.of();
    }
    WorkStatus unpaused = polledRecently ? WorkStatus.READY : WorkStatus.NOT_READY;
    WorkStatus status = queue.status() == WorkStatus.PAUSED ? unpaused : queue.status();
    return List.of(new WorkQueueResumed(pool.id(), queue.id(), status));
  }

  /** Moves a queue from one status to another; in any other status it stays. */
  static List<WorkPoolEvent> markQueue(
      WorkPool pool, UUID queueId, WorkStatus from, WorkStatus to) {
    return pool.queue(queueId)
        .filter(queue -> queue.status() == from)
        .map(queue -> List.<WorkPoolEvent>of(new WorkQueueStatusSet(pool.id(), queueId, to)))
        .orElse(List.of());
  }

  /** The queue goes, unless it is the one that runs without a queue go to. */
  static List<WorkPoolEvent> deleteQueue(WorkPool pool, UUID queueId) {
    WorkQueue queue = existing(pool, queueId);
    if (queue.id().equals(pool.defaultQueueId())) {
      throw Refusal.INTEGRITY.asException();
    }
    return List.of(new WorkQueueDeleted(pool.id(), queue.id()));
  }

  private static WorkQueue existing(WorkPool pool, UUID queueId) {
    return pool.queue(queueId).orElseThrow(QUEUE_MISSING::asException);
  }

  private static int firstFree(List<WorkQueue> queues) {
    int free = 1;
    for (WorkQueue queue : queues) {
      if (queue.priority() != free) {
        return free;
      }
      free++;
    }
    return free;
  }

  /** Those that stand at the place of a queue or right behind go back by one, as few as needed. */
  private static List<WorkPoolEvent> makeRoom(WorkPool pool, UUID queueId, int priority) {
    List<Place> places = new ArrayList<>();
    int last = priority;
    for (WorkQueue other : pool.queues()) {
      boolean isBehind = other.priority() >= priority && !other.id().equals(queueId);
      if (isBehind && other.priority() <= last) {
        last++;
        places.add(new Place(other.id(), last));
      } else if (isBehind) {
        break;
      }
    }
    return places.isEmpty() ? List.of() : List.of(new WorkQueuesReprioritised(pool.id(), places));
  }

  private static <T> T required(Change<@Nullable T> change, T current) {
    T value = change.or(current);
    if (value == null) {
      throw Refusal.INTEGRITY.asException();
    }
    return value;
  }
}
