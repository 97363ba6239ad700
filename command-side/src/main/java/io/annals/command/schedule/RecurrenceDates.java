package io.annals.command.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules and dates name, without what others except. */
final class RecurrenceDates implements Iterator<OffsetDateTime> {
  /** No clock is set by more, so nothing earlier on the clock can be at or after the start. */
  private static final int MARGIN_DAYS = 2;

  private final ZoneId zone;
  private final PriorityQueue<Source> included;
  private final PriorityQueue<Source> excepted;
  private final Set<LocalDateTime> exceptedNow = new HashSet<>();
  private @Nullable LocalDateTime last;
  private @Nullable OffsetDateTime next;

  /** Ascending times of which the first is looked at. */
  private static final class Source {
    private final Iterator<LocalDateTime> times;
    private LocalDateTime first;

    Source(Iterator<LocalDateTime> times) {
      this.times = times;
      this.first = times.next();
    }

    LocalDateTime first() {
      return first;
    }

    boolean advance() {
      boolean more = times.hasNext();
      first = more ? times.next() : first;
      return more;
    }
  }

  RecurrenceDates(String text, ZoneId zone, Instant from) {
    this.zone = zone;
    Recurrence recurrence = Recurrence.parse(text);
    LocalDateTime start = recurrence.startOrDefault();
    LocalDateTime around =
        LocalDateTime.ofInstant(from, zone).truncatedTo(ChronoUnit.SECONDS).minusDays(MARGIN_DAYS);
    this.included = sources(recurrence.rules(), recurrence.dates(), start, around);
    this.excepted = sources(recurrence.exceptRules(), recurrence.exceptDates(), start, around);
    advance();
    while (next != null && next.toInstant().isBefore(from)) {
      advance();
    }
  }

  private static PriorityQueue<Source> sources(
      List<Recurrence.Rule> rules,
      List<LocalDateTime> dates,
      LocalDateTime start,
      LocalDateTime around) {
    PriorityQueue<Source> sources = new PriorityQueue<>(Comparator.comparing(Source::first));
    Stream.concat(
            rules.stream().map(rule -> new RuleTimes(rule, start, around)),
            Stream.of(dates.stream().sorted().iterator()))
        .filter(Iterator::hasNext)
        .forEach(times -> sources.add(new Source(times)));
    return sources;
  }

  private void advance() {
    next = null;
    while (next == null && !included.isEmpty()) {
      LocalDateTime time = taken(included);
      if (!time.equals(last) && !isExcepted(time)) {
        next = TimeZones.when(time, zone).toOffsetDateTime();
      }
      last = time;
    }
  }

  private boolean isExcepted(LocalDateTime time) {
    while (!excepted.isEmpty() && !excepted.element().first().isAfter(time)) {
      exceptedNow.add(taken(excepted));
    }
    boolean found = exceptedNow.contains(time);
    exceptedNow.removeIf(earlier -> earlier.isBefore(time));
    return found;
  }

  private static LocalDateTime taken(PriorityQueue<Source> sources) {
    Source source = sources.remove();
    LocalDateTime time = source.first();
    if (source.advance()) {
      sources.add(source);
    }
    return time;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public OffsetDateTime next() {
    OffsetDateTime date = next;
    if (date == null) {
      throw new NoSuchElementException();
    }
    advance();
    return date;
  }
}
