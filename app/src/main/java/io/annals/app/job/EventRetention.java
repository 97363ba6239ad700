package io.annals.app.job;

import io.annals.query.sql.DayPartitions;
import io.annals.query.vacuum.ExpiredEvents;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops events that clients reported when their time is over: whole days, and single events of
 * names that are kept shorter (Prefect's vacuum of events). What this server decided is no less
 * part of the event stream, but stays.
 */
public final class EventRetention implements Vacuum {
  private static final Logger log = LoggerFactory.getLogger(EventRetention.class);

  private final ExpiredEvents events;
  private final Settings settings;

  /**
   * How long events stay.
   *
   * @param every the interval of the job
   * @param retention PREFECT_SERVER_EVENTS_RETENTION_PERIOD
   * @param ofNames how long events of some names stay, where that is shorter
   * @param batchSize single events deleted in one transaction
   */
  public record Settings(
      Duration every, Duration retention, Map<String, Duration> ofNames, int batchSize) {
    /** Leaves out what is kept as long as all others. */
    public Settings {
      Map<String, Duration> shorter = new TreeMap<>(ofNames);
      shorter.values().removeIf(period -> period.compareTo(retention) >= 0);
      ofNames = Map.copyOf(shorter);
    }
  }

  /** Keeps the events of the log. */
  public EventRetention(ExpiredEvents events, Settings settings) {
    this.events = events;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "event-retention";
  }

  @Override
  public String word() {
    return "events";
  }

  @Override
  public Duration every() {
    return settings.every();
  }

  @Override
  public void run(Instant now) {
    try {
      List<String> dropped = events.dropDays(settings.retention(), now);
      if (!dropped.isEmpty()) {
        log.info("Dropped events of {}", dropped);
      }
      for (Map.Entry<String, Duration> name : settings.ofNames().entrySet()) {
        Instant before = now.minus(name.getValue());
        long removed = events.remove(name.getKey(), before, settings.batchSize());
        if (removed > 0) {
          log.info("Removed {} events {} from before {}", removed, name.getKey(), before);
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("Events whose time is over cannot be dropped", failure);
    }
  }

  @Override
  public List<Finding> findings(Instant now) {
    Instant firstDay = DayPartitions.firstKept(settings.retention(), now);
    try {
      List<Finding> findings = new ArrayList<>();
      findings.add(new Finding("events", events.ofDays(settings.retention(), now), firstDay));
      for (Map.Entry<String, Duration> name : settings.ofNames().entrySet()) {
        Instant before = now.minus(name.getValue());
        findings.add(
            new Finding(
                "events " + name.getKey(), events.ofName(name.getKey(), before, firstDay), before));
      }
      return findings;
    } catch (SQLException failure) {
      throw new IllegalStateException("Events whose time is over cannot be counted", failure);
    }
  }
}
