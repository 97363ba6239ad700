package io.annals.command.schedule;

import io.annals.events.schedule.Schedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dates of a schedule. Pure: the same arguments give the same dates for ever.
 *
 * <p>Around changes of the clock they are Prefect's dates under Python 3.12 and before (decision
 * 0006): a time that the clock skips comes early, a time that it repeats comes once.
 */
public final class ScheduleDates {
  /** Prefect looks at so many candidates after the first one. */
  private static final int MAX_CANDIDATES = 1_000;

  private ScheduleDates() {}

  /** How dates are told apart, and held against the end. */
  private record Candidates(Iterator<OffsetDateTime> dates, boolean endsByTheClock) {}

  /**
   * Dates at or after a time, ascending by the schedule's clock, each once.
   *
   * @param until none after it, where given
   * @param count at most so many
   * @return each with the offset that the schedule's zone has then
   * @throws DateTimeException when the schedule names a zone that does not exist
   * @throws IllegalArgumentException when its text cannot be read
   */
  public static List<OffsetDateTime> dates(
      Schedule schedule, Instant from, @Nullable Instant until, int count) {
    ZoneId zone = TimeZones.of(schedule.timezone());
    Candidates candidates =
        switch (schedule) {
          case Schedule.IntervalSchedule interval ->
              new Candidates(new IntervalDates(interval, zone, from), true);
          case Schedule.CronSchedule cron -> new Candidates(new CronDates(cron, zone, from), true);
          case Schedule.RRuleSchedule rrule ->
              new Candidates(new RecurrenceDates(rrule.rrule(), zone, from), false);
        };
    return collected(candidates, zone, until, count);
  }

  private static List<OffsetDateTime> collected(
      Candidates candidates, ZoneId zone, @Nullable Instant until, int count) {
    List<OffsetDateTime> dates = new ArrayList<>();
    Set<LocalDateTime> seen = new HashSet<>();
    for (int looked = 0; looked <= MAX_CANDIDATES + 1 && dates.size() < count; looked++) {
      if (!candidates.dates().hasNext()) {
        break;
      }
      OffsetDateTime date = candidates.dates().next();
      if (until != null && isAfter(date, until, zone, candidates.endsByTheClock())) {
        break;
      }
      if (seen.add(date.toLocalDateTime())) {
        dates.add(date);
      }
    }
    dates.sort(Comparator.comparing(OffsetDateTime::toLocalDateTime));
    return List.copyOf(dates);
  }

  /** Python compares times of one zone by what its clock shows. */
  private static boolean isAfter(
      OffsetDateTime date, Instant until, ZoneId zone, boolean byTheClock) {
    return byTheClock
        ? date.toLocalDateTime().isAfter(LocalDateTime.ofInstant(until, zone))
        : date.toInstant().isAfter(until);
  }
}
