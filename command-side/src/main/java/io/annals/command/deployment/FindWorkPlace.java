package io.annals.command.deployment;

import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Finds work pools and their queues. */
public interface FindWorkPlace {
  /** A queue, if there is one of that id. */
  Optional<WorkPlace> ofQueue(UUID workQueueId);

  /** A queue of a pool by both names, if there is one. */
  Optional<WorkPlace> ofNames(String workPoolName, String workQueueName);

  /** A pool, if there is one of that name. */
  Optional<Pool> pool(String workPoolName);

  /** A work pool. */
  record Pool(UUID id, String name, String type, JsonNode baseJobTemplate, UUID defaultQueueId) {}
}
