package io.annals.query.state;

import io.annals.events.state.StateType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What is worked out at the moment of reading, in seconds. */
public final class Estimates {
  private static final double MICROS_PER_SECOND = 1e6;

  private Estimates() {}

  /** The time spent running so far, the current RUNNING state included. */
  public static double runTime(
      double total, @Nullable StateType type, @Nullable Instant since, Instant now) {
    return type == StateType.RUNNING && since != null
        ? total + Math.max(0, seconds(since, now))
        : total;
  }

  /** How late a run started, or is if it should have started by now. */
  public static double startDelta(
      @Nullable StateType type, @Nullable Instant start, @Nullable Instant expected, Instant now) {
    if (expected == null) {
      return 0.0;
    }
    if (start != null) {
      return Math.max(0.0, seconds(expected, start));
    }
    boolean over = type != null && type.isTerminal();
    return over ? 0.0 : Math.max(0.0, seconds(expected, now));
  }

  private static double seconds(Instant from, Instant to) {
    long micros = ChronoUnit.MICROS.between(from, to);
    return micros / MICROS_PER_SECOND;
  }
}
