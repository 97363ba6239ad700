package io.annals.command.deployment;

import java.util.UUID;

/** Adds queues to work pools, in the current unit of work. */
public interface AddWorkQueue {
  /** Finds the queue of a name in a pool, or adds it; answers its id. */
  UUID to(UUID workPoolId, String workQueueName);

  /** Finds the pool that the old agents serve, or sets it up; answers its id. */
  UUID agentPool();
}
