package io.annals.app.job;

import io.annals.query.sql.DayPartitions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes days for observed events ahead, and drops those past the retention period. */
public final class EventRetention implements Job {
  /** Days made ahead: a server may sleep over a weekend and still find its day. */
  static final int DAYS_AHEAD = 3;

  private static final Logger log = LoggerFactory.getLogger(EventRetention.class);

  private final DayPartitions days;
  private final Settings settings;

  /**
   * How long events stay.
   *
   * @param retention PREFECT_SERVER_EVENTS_RETENTION_PERIOD
   * @param every the interval of the job
   */
  public record Settings(Duration retention, Duration every) {
    /** Prefect's own: seven days, looked at hourly. */
    public static final Settings DEFAULT = new Settings(Duration.ofDays(7), Duration.ofHours(1));
  }

  /** Keeps the days of the event log. */
  public EventRetention(DayPartitions days, Settings settings) {
    this.days = days;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "event-retention";
  }

  @Override
  public Duration every() {
    return settings.every();
  }

  @Override
  public void run(Instant now) {
    try {
      days.createAhead(now, DAYS_AHEAD);
      List<String> dropped = days.dropOlderThan(settings.retention(), now);
      if (!dropped.isEmpty()) {
        log.info("Dropped events of {}", dropped);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("The days of the event log cannot be kept", failure);
    }
  }
}
