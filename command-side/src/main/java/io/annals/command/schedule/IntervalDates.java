package io.annals.command.schedule;

import io.annals.events.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Iterator;

/**
 * An anchor and what follows it: less than a day is absolute time, a day or more keeps the time on
 * the clock.
 */
final class IntervalDates implements Iterator<OffsetDateTime> {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final int SECONDS_PER_DAY = 86_400;

  private final Duration interval;
  private ZonedDateTime next;

  IntervalDates(Schedule.IntervalSchedule schedule, ZoneId zone, Instant from) {
    this.interval = seconds(schedule.interval());
    Instant anchor = schedule.anchorDate().toInstant();
    double elapsed = ChronoUnit.MICROS.between(anchor, from) / MICROS_PER_SECOND;
    // Towards zero: an anchor in the future has dates before it.
    double intervals = (long) (elapsed / schedule.interval());
    this.next = anchor.plus(seconds(schedule.interval() * intervals)).atZone(zone);
    LocalDateTime start = LocalDateTime.ofInstant(from, zone);
    while (next.toLocalDateTime().isBefore(start)) {
      next = advanced();
    }
  }

  private static Duration seconds(double seconds) {
    long whole = (long) seconds;
    return Duration.ofSeconds(whole)
        .plus(Math.round((seconds - whole) * MICROS_PER_SECOND), ChronoUnit.MICROS);
  }

  private ZonedDateTime advanced() {
    return interval.toSeconds() < SECONDS_PER_DAY
        ? next.plus(interval)
        : later(next.toLocalDateTime().plus(interval), next.getZone());
  }

  /** A time that the clock skips is moved on, of a time that it repeats the second is meant. */
  private static ZonedDateTime later(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(local);
    return transition != null && transition.isGap()
        ? local.atOffset(transition.getOffsetBefore()).atZoneSameInstant(zone)
        : local.atZone(zone).withLaterOffsetAtOverlap();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public OffsetDateTime next() {
    OffsetDateTime date = next.toOffsetDateTime();
    next = advanced();
    return date;
  }
}
