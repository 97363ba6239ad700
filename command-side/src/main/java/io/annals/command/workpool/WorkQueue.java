package io.annals.command.workpool;

import io.annals.events.workpool.WorkPoolEvent.WorkQueueCreated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueUpdated;
import io.annals.events.workpool.WorkStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A queue of a work pool.
 *
 * @param status follows what workers do; a queue that was paused from the start has never had the
 *     status PAUSED, as in Prefect
 */
public record WorkQueue(
    UUID id,
    String name,
    String description,
    boolean isPaused,
    @Nullable Integer concurrencyLimit,
    int priority,
    @Nullable JsonNode filter,
    WorkStatus status) {
  static WorkQueue of(WorkQueueCreated created) {
    return new WorkQueue(
        created.workQueueId(),
        created.name(),
        created.description(),
        created.isPaused(),
        created.concurrencyLimit(),
        created.priority(),
        created.filter(),
        WorkStatus.NOT_READY);
  }

  WorkQueue with(WorkQueueUpdated updated) {
    return new WorkQueue(
        id,
        updated.name(),
        updated.description(),
        isPaused,
        updated.concurrencyLimit(),
        updated.priority(),
        updated.filter(),
        status);
  }

  WorkQueue at(int newPriority) {
    return new WorkQueue(
        id, name, description, isPaused, concurrencyLimit, newPriority, filter, status);
  }

  WorkQueue with(boolean paused, WorkStatus newStatus) {
    return new WorkQueue(
        id, name, description, paused, concurrencyLimit, priority, filter, newStatus);
  }
}
