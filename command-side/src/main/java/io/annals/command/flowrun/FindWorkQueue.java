package io.annals.command.flowrun;

import java.util.Optional;
import java.util.UUID;

/** Finds what the events of a flow run say about the queue that it waited in. */
@FunctionalInterface
public interface FindWorkQueue {
  /** The queue, if there is one. */
  Optional<WorkQueueFacts> byId(UUID workQueueId);

  /** A queue and its pool. */
  record WorkQueueFacts(UUID id, String name, UUID poolId, String poolName, String poolType) {}
}
