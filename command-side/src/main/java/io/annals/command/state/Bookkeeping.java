package io.annals.command.state;

import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a run's times become when a state is set: Prefect's global transforms. */
public final class Bookkeeping {
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private Bookkeeping() {}

  /**
   * The bookkeeping of a run that goes from one state to the next.
   *
   * @param current the state that is left, null for a run's first state
   * @param countsAsRun whether a RUNNING state is a run of its own; false for the one that merely
   *     continues a paused flow run
   */
  public static RunTimes after(
      RunTimes before, @Nullable State current, State next, boolean countsAsRun) {
    Instant start = before.startTime();
    if (start == null && next.type() == StateType.RUNNING) {
      start = next.timestamp();
    }
    Instant end = before.endTime();
    if (!next.isTerminal() && current != null && current.isTerminal()) {
      end = null;
    }
    if (next.isTerminal() && end == null) {
      end = next.timestamp();
      // A run that failed before it ever ran has started when it ended.
      start = start == null ? end : start;
    }
    int runs = before.runCount() + (countsAsRun && next.type() == StateType.RUNNING ? 1 : 0);
    return new RunTimes(
        runs,
        start,
        end,
        totalRunTime(before, current, next),
        expectedStart(before, next),
        nextScheduledStart(before, current, next));
  }

  /**
   * The first instant from the proposed one on, in steps of a microsecond, that no other state of
   * the run has: states of a run are told apart by their timestamps.
   */
  public static Instant freeTimestamp(Instant proposed, Predicate<Instant> taken) {
    Instant candidate = proposed;
    while (taken.test(candidate)) {
      candidate = candidate.plus(1, ChronoUnit.MICROS);
    }
    return candidate;
  }

  /**
   * Seconds to wait until a scheduled time, rounded as Prefect rounds; zero or less when there is
   * nothing to wait for.
   */
  public static long secondsUntil(@Nullable Instant scheduledTime, Instant now) {
    if (scheduledTime == null) {
      return 0;
    }
    Duration delay = Duration.between(now, scheduledTime);
    // getSeconds is the floor, and Python rounds a half to the even neighbour, which here is zero.
    return delay.getSeconds() + (delay.getNano() > NANOS_PER_SECOND / 2 ? 1 : 0);
  }

  private static Duration totalRunTime(RunTimes before, @Nullable State current, State next) {
    if (current == null || current.type() != StateType.RUNNING) {
      return before.totalRunTime();
    }
    return before.totalRunTime().plus(Duration.between(current.timestamp(), next.timestamp()));
  }

  private static @Nullable Instant expectedStart(RunTimes before, State next) {
    if (before.expectedStartTime() != null) {
      return before.expectedStartTime();
    }
    return next.type() == StateType.SCHEDULED
        ? next.stateDetails().scheduledTime()
        : next.timestamp();
  }

  private static @Nullable Instant nextScheduledStart(
      RunTimes before, @Nullable State current, State next) {
    if (next.type() == StateType.SCHEDULED) {
      return next.stateDetails().scheduledTime();
    }
    boolean leavesSchedule = current != null && current.type() == StateType.SCHEDULED;
    return leavesSchedule ? null : before.nextScheduledStartTime();
  }
}
