package io.annals.command.workpool;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Finds when a worker last asked for the runs of a queue. */
@FunctionalInterface
public interface FindLastPoll {
  /** The time, if anybody ever asked. */
  Optional<Instant> of(UUID workQueueId);
}
