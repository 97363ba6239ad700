package io.annals.app.http;

import java.time.Duration;

/**
 * How far runs are planned for a request that does not say so itself: as far as the scheduler does.
 *
 * @param horizon no run is later
 * @param minTime runs are planned at least so far ahead
 * @param minRuns at least so many of each schedule
 * @param maxRuns at most so many of each schedule
 */
public record PlanDefaults(Duration horizon, Duration minTime, int minRuns, int maxRuns) {}
