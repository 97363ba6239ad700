package io.annals.command.workpool;

import java.util.UUID;

/** Finds out whether anybody works for a pool. */
@FunctionalInterface
public interface FindOnlineWorkers {
  /** Whether some worker of the pool is online. */
  boolean anyOf(UUID workPoolId);
}
