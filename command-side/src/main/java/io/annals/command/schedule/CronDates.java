package io.annals.command.schedule;

import io.annals.events.schedule.Schedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The matches of a cron expression on the clock of a zone. */
final class CronDates implements Iterator<OffsetDateTime> {
  private final CronSearch search;
  private final ZoneId zone;
  private Optional<LocalDateTime> next;

  CronDates(Schedule.CronSchedule schedule, ZoneId zone, Instant from) {
    this.search = new CronSearch(CronExpression.parse(schedule.cron()), schedule.dayOr());
    this.zone = zone;
    Instant whole = from.truncatedTo(ChronoUnit.SECONDS);
    // The search is for what follows; a time that matches to the second is one of the dates.
    Instant before =
        whole.equals(from.truncatedTo(ChronoUnit.MICROS)) ? whole.minusSeconds(1) : whole;
    this.next = search.next(LocalDateTime.ofInstant(before, zone));
  }

  @Override
  public boolean hasNext() {
    return next.isPresent();
  }

  @Override
  public OffsetDateTime next() {
    LocalDateTime match = next.orElseThrow(NoSuchElementException::new);
    next = search.next(match);
    return TimeZones.when(match, zone).toOffsetDateTime();
  }
}
