package io.annals.command.workpool;

import io.annals.command.entity.EntityKind;
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
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A work pool with its queues.
 *
 * @param defaultQueueId null only until the pool is complete, within the command that creates it
 * @param lastNotice the latest notice about its status, null before the first
 * @param queues by priority
 */
public record WorkPool(
    UUID id,
    String name,
    String type,
    Settings settings,
    boolean isPaused,
    WorkStatus status,
    @Nullable UUID defaultQueueId,
    @Nullable Notice lastNotice,
    List<WorkQueue> queues) {
  /** The pool that queues without a pool belong to. */
  public static final String AGENT_POOL = "default-agent-pool";

  /** The kind of pools that agents work for, who tell nobody whether they are there. */
  public static final String AGENT_TYPE = "prefect-agent";

  /** Work pools as entities. */
  public static final EntityKind<WorkPool, WorkPoolEvent> KIND =
      new EntityKind<>(
          "workpool",
          WorkPoolEvent.class,
          WorkPoolEvent::workPoolId,
          WorkPool::evolve,
          WorkPoolFaces::of);

  private static final Comparator<WorkQueue> ORDER = Comparator.comparingInt(WorkQueue::priority);

  /** What a client may describe anew. */
  record Settings(
      @Nullable String description,
      JsonNode baseJobTemplate,
      @Nullable Integer concurrencyLimit,
      StorageConfiguration storageConfiguration) {}

  /** What was said about the status in Prefect's event stream, and when. */
  record Notice(UUID id, Instant at) {}

  /** Whether its status tells of pauses; that of a pool of agents is not even shown. */
  boolean isOfWorkers() {
    return !type.equals(AGENT_TYPE);
  }

  /** The queue with this id, if the pool has it. */
  Optional<WorkQueue> queue(UUID workQueueId) {
    return queues.stream().filter(queue -> queue.id().equals(workQueueId)).findFirst();
  }

  /** The queue of this name, if the pool has it. */
  Optional<WorkQueue> queueNamed(String queueName) {
    return queues.stream().filter(queue -> queue.name().equals(queueName)).findFirst();
  }

  private static @Nullable WorkPool evolve(@Nullable WorkPool pool, WorkPoolEvent event) {
    if (event instanceof WorkPoolCreated created) {
      return created(created);
    }
    if (pool == null) {
      throw new IllegalStateException(
          event.getClass().getSimpleName() + " before work pool " + event.workPoolId());
    }
    return switch (event) {
      case WorkPoolCreated created -> created(created);
      case WorkPoolDefaultQueueSet(var ignored, UUID queueId) -> pool.withDefaultQueue(queueId);
      case WorkPoolUpdated updated -> pool.with(settings(updated));
      case WorkPoolPaused(var ignored, UUID noticeId, Instant at) ->
          pool.pausedOrNot(true, WorkStatus.PAUSED, new Notice(noticeId, at));
      case WorkPoolResumed(var ignored, WorkStatus status, UUID noticeId, Instant at) ->
          pool.pausedOrNot(false, status, new Notice(noticeId, at));
      case WorkPoolStatusSet(var ignored, WorkStatus status, UUID noticeId, Instant at) ->
          pool.with(pool.isPaused, status, new Notice(noticeId, at));
      case WorkPoolDeleted ignored -> null;
      case WorkQueueCreated created ->
          pool.with(Stream.concat(pool.queues.stream(), Stream.of(WorkQueue.of(created))));
      case WorkQueueUpdated updated ->
          pool.withQueue(updated.workQueueId(), queue -> queue.with(updated));
      case WorkQueuesReprioritised(var ignored, List<Place> places) -> pool.rearranged(places);
      case WorkQueuePaused(var ignored, UUID queueId) ->
          pool.withQueue(queueId, queue -> queue.with(true, WorkStatus.PAUSED));
      case WorkQueueResumed(var ignored, UUID queueId, WorkStatus status) ->
          pool.withQueue(queueId, queue -> queue.with(false, status));
      case WorkQueueStatusSet(var ignored, UUID queueId, WorkStatus status) ->
          pool.withQueue(queueId, queue -> queue.with(queue.isPaused(), status));
      case WorkQueueDeleted(var ignored, UUID queueId) ->
          pool.with(pool.queues.stream().filter(queue -> !queue.id().equals(queueId)));
    };
  }

  private static WorkPool created(WorkPoolCreated event) {
    return new WorkPool(
        event.workPoolId(),
        event.name(),
        event.type(),
        new Settings(
            event.description(),
            event.baseJobTemplate(),
            event.concurrencyLimit(),
            event.storageConfiguration()),
        false,
        WorkStatus.NOT_READY,
        null,
        null,
        List.of());
  }

  static Settings settings(WorkPoolUpdated event) {
    return new Settings(
        event.description(),
        event.baseJobTemplate(),
        event.concurrencyLimit(),
        event.storageConfiguration());
  }

  private WorkPool withDefaultQueue(UUID queueId) {
    return new WorkPool(id, name, type, settings, isPaused, status, queueId, lastNotice, queues);
  }

  private WorkPool with(Settings newSettings) {
    return new WorkPool(
        id, name, type, newSettings, isPaused, status, defaultQueueId, lastNotice, queues);
  }

  private WorkPool pausedOrNot(boolean paused, WorkStatus newStatus, Notice notice) {
    return isOfWorkers()
        ? with(paused, newStatus, notice)
        : new WorkPool(
            id, name, type, settings, paused, status, defaultQueueId, lastNotice, queues);
  }

  private WorkPool with(boolean paused, WorkStatus newStatus, Notice notice) {
    return new WorkPool(
        id, name, type, settings, paused, newStatus, defaultQueueId, notice, queues);
  }

  private WorkPool with(Stream<WorkQueue> newQueues) {
    return new WorkPool(
        id,
        name,
        type,
        settings,
        isPaused,
        status,
        defaultQueueId,
        lastNotice,
        newQueues.sorted(ORDER).toList());
  }

  private WorkPool withQueue(UUID queueId, UnaryOperator<WorkQueue> change) {
    return with(
        queues.stream().map(queue -> queue.id().equals(queueId) ? change.apply(queue) : queue));
  }

  private WorkPool rearranged(List<Place> places) {
    WorkPool pool = this;
    for (Place place : places) {
      pool = pool.withQueue(place.workQueueId(), queue -> queue.at(place.priority()));
    }
    return pool;
  }
}
