package io.annals.app.http;

/**
 * The bounds of schedules.
 *
 * @param maxScheduledRuns how many runs a client may ask to be planned at a time
 *     (PREFECT_SERVER_DEPLOYMENT_SCHEDULE_MAX_SCHEDULED_RUNS)
 */
public record ScheduleLimits(int maxScheduledRuns) {
  /** Prefect's own. */
  public static final ScheduleLimits DEFAULT = new ScheduleLimits(50);
}
