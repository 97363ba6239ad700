package io.annals.command.log;

/**
 * The bounds of the group commit.
 *
 * @param maxQueuedEvents events that may wait; past it callers are told to come back later
 * @param maxBatchEvents events that are committed together, unless a single append has more
 */
public record LogLimits(int maxQueuedEvents, int maxBatchEvents) {
  /** Enough for bursts; small enough that a batch stays in the milliseconds. */
  public static final LogLimits DEFAULT = new LogLimits(20_000, 500);
}
