package io.annals.query.concurrency;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On what terms slots are held.
 *
 * @param length how long, unless it is renewed
 * @param holder who holds them, null when nobody said
 */
public record Lease(Duration length, @Nullable Holder holder) {
  /** Prefect's hundred years: the holder gives the slots back, however long that takes. */
  public static final Duration UNTIL_THE_HOLDER_ENDS = Duration.ofDays(36_500);

  /** The longest lease that a client may ask for; a longer one ends with its holder. */
  public static final Duration LONGEST_OF_CLIENTS = Duration.ofDays(1);

  /**
   * Who holds slots.
   *
   * @param type {@code task_run}, {@code flow_run} or {@code deployment} where a client says so
   */
  public record Holder(String type, UUID id) {
    static final String TASK_RUN = "task_run";
    static final String FLOW_RUN_STATE = "flow_run_state";

    /** A task run. */
    public static Holder taskRun(UUID taskRunId) {
      return new Holder(TASK_RUN, taskRunId);
    }

    /**
     * The state of a flow run, which names the lease: what the run holds of its deployment's slots.
     */
    public static Holder stateOf(UUID flowRunId) {
      return new Holder(FLOW_RUN_STATE, flowRunId);
    }
  }
}
