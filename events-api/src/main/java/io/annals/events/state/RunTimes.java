package io.annals.events.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bookkeeping of a run after a state was set (Prefect's global transforms).
 *
 * @param runCount RUNNING states entered, as Prefect counts them
 * @param startTime the first RUNNING timestamp
 * @param endTime the timestamp of the terminal state the run is in
 * @param totalRunTime time spent in RUNNING states that were left
 * @param expectedStartTime set once, by the first state
 * @param nextScheduledStartTime the scheduled time while SCHEDULED
 */
public record RunTimes(
    int runCount,
    @Nullable Instant startTime,
    @Nullable Instant endTime,
    Duration totalRunTime,
    @Nullable Instant expectedStartTime,
    @Nullable Instant nextScheduledStartTime) {
  /** A run that has not had a state yet. */
  public static final RunTimes NONE = new RunTimes(0, null, null, Duration.ZERO, null, null);
}
