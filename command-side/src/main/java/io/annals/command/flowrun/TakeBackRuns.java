package io.annals.command.flowrun;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.time.Instant;
import java.util.UUID;

/**
 * Deletes runs of a deployment that wait to be started, because what they were planned from has
 * changed. A run that somebody has taken in the meantime stays.
 */
@FunctionalInterface
public interface TakeBackRuns {
  /** Deletes them in the current unit of work. */
  void takeBack(UUID deploymentId, Which which);

  /** Which of the runs that have never run go. */
  enum Which {
    /** Those that a schedule planned for later. */
    PLANNED_AHEAD,
    /** Those that a schedule planned, the late ones too. */
    PLANNED,
    /** All that wait, whoever asked for them. */
    ALL;

    /** A run that waits for a slot of its deployment was taken by a worker already. */
    public static final String TAKEN = "AwaitingConcurrencySlot";

    /** Whether a run is one of them, as it is now. Pure. */
    boolean has(FlowRun run, Instant now) {
      State state = run.state();
      if (state == null
          || state.type() != StateType.SCHEDULED
          || state.name().equals(TAKEN)
          || run.times().runCount() != 0) {
        return false;
      }
      return switch (this) {
        case PLANNED_AHEAD -> {
          Instant next = run.times().nextScheduledStartTime();
          yield run.autoScheduled() && next != null && next.isAfter(now);
        }
        case PLANNED -> run.autoScheduled();
        case ALL -> true;
      };
    }
  }
}
