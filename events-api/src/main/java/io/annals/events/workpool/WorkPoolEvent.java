package io.annals.events.workpool;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happens to a work pool and its queues, which are decided about together: names and
 * priorities are unique within a pool. Polls and heartbeats are no events: they happen all the
 * time, and nothing is decided from their history.
 */
public sealed interface WorkPoolEvent extends DomainEvent {
  /** The pool concerned. */
  UUID workPoolId();

  /**
   * A pool was set up under a name that was free. It has no queue yet.
   *
   * @param type the kind of workers that take its runs
   * @param baseJobTemplate what those make a job of: a configuration and the schema of its
   *     variables, or empty
   * @param concurrencyLimit runs that may be under way at a time, null for any number
   */
  @StoredAs("workpool.created")
  record WorkPoolCreated(
      UUID workPoolId,
      String name,
      @Nullable String description,
      String type,
      JsonNode baseJobTemplate,
      @Nullable Integer concurrencyLimit,
      StorageConfiguration storageConfiguration)
      implements WorkPoolEvent {}

  /** One of its queues became the one that runs without a queue go to: the pool is complete. */
  @StoredAs("workpool.default-queue-set")
  record WorkPoolDefaultQueueSet(UUID workPoolId, UUID workQueueId) implements WorkPoolEvent {}

  /** A pool was described anew; this is all of it afterwards. */
  @StoredAs("workpool.updated")
  record WorkPoolUpdated(
      UUID workPoolId,
      @Nullable String description,
      JsonNode baseJobTemplate,
      @Nullable Integer concurrencyLimit,
      StorageConfiguration storageConfiguration)
      implements WorkPoolEvent {}

  /**
   * No more runs are given out.
   *
   * @param noticeId the id of the notice about it in Prefect's event stream, which later notices
   *     about the status follow
   */
  @StoredAs("workpool.paused")
  record WorkPoolPaused(UUID workPoolId, UUID noticeId, Instant at) implements WorkPoolEvent {}

  /** Runs are given out again. */
  @StoredAs("workpool.resumed")
  record WorkPoolResumed(UUID workPoolId, WorkStatus status, UUID noticeId, Instant at)
      implements WorkPoolEvent {}

  /** Workers came, or the last one left. */
  @StoredAs("workpool.status-set")
  record WorkPoolStatusSet(UUID workPoolId, WorkStatus status, UUID noticeId, Instant at)
      implements WorkPoolEvent {}

  /** A pool is gone, after its queues; its name is free again. */
  @StoredAs("workpool.deleted")
  record WorkPoolDeleted(UUID workPoolId) implements WorkPoolEvent {}

  /** Something that happened to one queue. */
  sealed interface OfOneQueue {
    /** The pool of the queue. */
    UUID workPoolId();

    /** The queue concerned. */
    UUID workQueueId();
  }

  /**
   * A queue was added.
   *
   * @param concurrencyLimit runs of this queue that may be under way at a time, null for any number
   * @param priority its place among the queues of the pool, 1 for the first
   * @param filter which runs an old queue of agents takes, null for those that name it
   */
  @StoredAs("workqueue.created")
  record WorkQueueCreated(
      UUID workPoolId,
      UUID workQueueId,
      String name,
      String description,
      boolean isPaused,
      @Nullable Integer concurrencyLimit,
      int priority,
      @Nullable JsonNode filter)
      implements WorkPoolEvent, OfOneQueue {}

  /** A queue was described anew; this is all of it afterwards. */
  @StoredAs("workqueue.updated")
  record WorkQueueUpdated(
      UUID workPoolId,
      UUID workQueueId,
      String name,
      String description,
      @Nullable Integer concurrencyLimit,
      int priority,
      @Nullable JsonNode filter)
      implements WorkPoolEvent, OfOneQueue {}

  /** Queues made room for another one that took the place of the first of them. */
  @StoredAs("workqueue.reprioritised")
  record WorkQueuesReprioritised(UUID workPoolId, List<Place> places) implements WorkPoolEvent {}

  /** A queue and its place among the queues of the pool. */
  record Place(UUID workQueueId, int priority) {}

  /** No more runs of this queue are given out. */
  @StoredAs("workqueue.paused")
  record WorkQueuePaused(UUID workPoolId, UUID workQueueId) implements WorkPoolEvent, OfOneQueue {}

  /** Runs of this queue are given out again. */
  @StoredAs("workqueue.resumed")
  record WorkQueueResumed(UUID workPoolId, UUID workQueueId, WorkStatus status)
      implements WorkPoolEvent, OfOneQueue {}

  /** A worker polled for the first time in a while, or none did for a while. */
  @StoredAs("workqueue.status-set")
  record WorkQueueStatusSet(UUID workPoolId, UUID workQueueId, WorkStatus status)
      implements WorkPoolEvent, OfOneQueue {}

  /** A queue is gone; its name is free again. */
  @StoredAs("workqueue.deleted")
  record WorkQueueDeleted(UUID workPoolId, UUID workQueueId) implements WorkPoolEvent, OfOneQueue {}
}
