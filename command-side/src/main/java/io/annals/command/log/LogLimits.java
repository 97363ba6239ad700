package io.annals.command.log;

/**
 * The bounds of the group commit, in events and in the characters that are stored of them: a
 * thousand usual events are a megabyte, a thousand of the largest more than a gigabyte.
 *
 * @param maxQueuedEvents events that may wait; past it callers are told to come back later. An
 *     append that waits alone may have more
 * @param maxBatchEvents events that are committed together, unless a single append has more
 * @param maxQueuedCharacters the same bound in characters
 * @param maxBatchCharacters characters that are committed together, likewise
 */
public record LogLimits(
    int maxQueuedEvents, int maxBatchEvents, long maxQueuedCharacters, long maxBatchCharacters) {
  private static final long MAX_QUEUED_CHARACTERS = 32L << 20;
  private static final long MAX_BATCH_CHARACTERS = 8L << 20;

  /** Enough for bursts; small enough that a batch stays in the milliseconds. */
  public static final LogLimits DEFAULT = ofEvents(20_000, 500);

  /** Bounds with given numbers of events. */
  public static LogLimits ofEvents(int maxQueuedEvents, int maxBatchEvents) {
    return new LogLimits(
        maxQueuedEvents, maxBatchEvents, MAX_QUEUED_CHARACTERS, MAX_BATCH_CHARACTERS);
  }
}
