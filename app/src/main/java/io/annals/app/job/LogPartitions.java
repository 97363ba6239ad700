package io.annals.app.job;

import io.annals.query.sql.DayPartitions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Makes days for run logs ahead. They stay until their runs are deleted, as in Prefect. */
public final class LogPartitions implements Job {
  private final DayPartitions days;

  /** Keeps the days of the run logs. */
  public LogPartitions(DayPartitions days) {
    this.days = days;
  }

  @Override
  public String name() {
    return "log-partitions";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Instant now) {
    try {
      days.createAhead(now, EventRetention.DAYS_AHEAD);
    } catch (SQLException failure) {
      throw new IllegalStateException("The days of the run logs cannot be made", failure);
    }
  }
}
