package io.annals.command.schedule;

import io.annals.command.schedule.Recurrence.Rule;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The times of one rule on a clock without a zone, as dateutil finds them: in every period of the
 * rule's frequency, the days and times that all its parts allow.
 */
final class RuleTimes implements Iterator<LocalDateTime> {
  /** A rule that has no time in so many years has none any more. */
  private static final int MAX_EMPTY_YEARS = 100;

  private final Rule rule;
  private final LocalDateTime start;
  private final RuleDays days;
  private final List<Integer> hours;
  private final List<Integer> minutes;
  private final List<Integer> seconds;
  private final Deque<LocalDateTime> ready = new ArrayDeque<>();
  private LocalDateTime period;
  private int emitted;
  private boolean over;

  /**
   * Finds the times of a rule.
   *
   * @param around earlier times may be left out
   */
  RuleTimes(Rule rule, LocalDateTime start, LocalDateTime around) {
    this.rule = rule;
    this.start = start;
    this.days = new RuleDays(rule, start.toLocalDate());
    this.hours = allowed("BYHOUR", RecurrenceFrequency.HOURLY, start.getHour());
    this.minutes = allowed("BYMINUTE", RecurrenceFrequency.MINUTELY, start.getMinute());
    this.seconds = allowed("BYSECOND", RecurrenceFrequency.SECONDLY, start.getSecond());
    this.period = firstPeriod();
    if (rule.count() == null && around.isAfter(start)) {
      skipTo(around);
    }
    fill();
  }

  /** The values of a part; where it is missing the start's for rarer rules, and all for others. */
  private List<Integer> allowed(String part, RecurrenceFrequency unit, int ofStart) {
    List<Integer> named = rule.numbers(part);
    boolean isFixed = named.isEmpty() && rule.frequency().compareTo(unit) < 0;
    return isFixed ? List.of(ofStart) : named.stream().distinct().sorted().toList();
  }

  private LocalDateTime firstPeriod() {
    return switch (rule.frequency()) {
      case YEARLY -> start.toLocalDate().withDayOfYear(1).atStartOfDay();
      case MONTHLY -> start.toLocalDate().withDayOfMonth(1).atStartOfDay();
      case WEEKLY, DAILY -> start.toLocalDate().atStartOfDay();
      case HOURLY -> start.truncatedTo(ChronoUnit.HOURS);
      case MINUTELY -> start.truncatedTo(ChronoUnit.MINUTES);
      case SECONDLY -> start.truncatedTo(ChronoUnit.SECONDS);
    };
  }

  private ChronoUnit unit() {
    return switch (rule.frequency()) {
      case YEARLY -> ChronoUnit.YEARS;
      case MONTHLY -> ChronoUnit.MONTHS;
      case WEEKLY -> ChronoUnit.WEEKS;
      case DAILY -> ChronoUnit.DAYS;
      case HOURLY -> ChronoUnit.HOURS;
      case MINUTELY -> ChronoUnit.MINUTES;
      case SECONDLY -> ChronoUnit.SECONDS;
    };
  }

  /** Moves to the last period that begins at or before the time, but at least not back. */
  private void skipTo(LocalDateTime time) {
    LocalDateTime from = rule.frequency() == RecurrenceFrequency.WEEKLY ? weekOf(period) : period;
    long steps = unit().between(from, time) / rule.interval();
    if (steps > 0) {
      period = from.plus(steps * rule.interval(), unit());
    }
  }

  private LocalDateTime weekOf(LocalDateTime time) {
    int intoWeek = time.getDayOfWeek().getValue() - RuleDays.weekStart(rule).getValue();
    return time.minusDays(Math.floorMod(intoWeek, 7));
  }

  private void step() {
    LocalDateTime from = rule.frequency() == RecurrenceFrequency.WEEKLY ? weekOf(period) : period;
    period = from.plus(rule.interval(), unit());
  }

  /** Moves on to the first period that begins at or after a time. */
  private void stepTo(LocalDateTime time) {
    skipTo(time.minusSeconds(1));
    step();
  }

  private void fill() {
    int lastYear = Math.max(period.getYear(), start.getYear()) + MAX_EMPTY_YEARS;
    while (ready.isEmpty() && !over) {
      if (period.getYear() > lastYear) {
        over = true;
        return;
      }
      LocalDateTime blocked = rule.frequency().isWithinDay() ? freeAgain() : null;
      if (blocked != null) {
        stepTo(blocked);
        continue;
      }
      timesOfPeriod().filter(time -> !time.isBefore(start)).forEach(this::add);
      step();
    }
  }

  private void add(LocalDateTime time) {
    LocalDateTime until = rule.until();
    Integer count = rule.count();
    if ((until != null && time.isAfter(until)) || (count != null && emitted >= count)) {
      over = true;
    }
    if (!over) {
      emitted++;
      ready.add(time);
    }
  }

  /** When a period within a day is not allowed: the first moment at which another one may be. */
  private @Nullable LocalDateTime freeAgain() {
    if (!days.allow(period.toLocalDate())) {
      return period.toLocalDate().plusDays(1).atStartOfDay();
    }
    if (!hours.isEmpty() && !hours.contains(period.getHour())) {
      return period.truncatedTo(ChronoUnit.HOURS).plusHours(1);
    }
    boolean byMinute = rule.frequency().compareTo(RecurrenceFrequency.MINUTELY) >= 0;
    if (byMinute && !minutes.isEmpty() && !minutes.contains(period.getMinute())) {
      return period.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    }
    boolean bySecond = rule.frequency() == RecurrenceFrequency.SECONDLY;
    return bySecond && !seconds.isEmpty() && !seconds.contains(period.getSecond())
        ? period.plusSeconds(1)
        : null;
  }

  private Stream<LocalDateTime> timesOfPeriod() {
    List<LocalTime> times = clockTimes();
    List<LocalDateTime> all = new ArrayList<>();
    daysOfPeriod()
        .filter(days::allow)
        .forEach(day -> times.forEach(time -> all.add(day.atTime(time))));
    List<Integer> positions = rule.numbers("BYSETPOS");
    if (positions.isEmpty()) {
      return all.stream();
    }
    SortedSet<LocalDateTime> picked = new TreeSet<>();
    for (int position : positions) {
      int index = position > 0 ? position - 1 : all.size() + position;
      if (index >= 0 && index < all.size()) {
        picked.add(all.get(index));
      }
    }
    return picked.stream();
  }

  private Stream<LocalDate> daysOfPeriod() {
    LocalDate first = period.toLocalDate();
    return switch (rule.frequency()) {
      case YEARLY -> first.datesUntil(first.plusYears(1));
      case MONTHLY -> first.datesUntil(first.plusMonths(1));
      case WEEKLY -> first.datesUntil(weekOf(period).toLocalDate().plusWeeks(1));
      case DAILY, HOURLY, MINUTELY, SECONDLY -> Stream.of(first);
    };
  }

  private List<LocalTime> clockTimes() {
    RecurrenceFrequency frequency = rule.frequency();
    IntStream ofHours = frequency.isWithinDay() ? IntStream.of(period.getHour()) : stream(hours);
    boolean minuteIsGiven = frequency.compareTo(RecurrenceFrequency.MINUTELY) >= 0;
    boolean secondIsGiven = frequency == RecurrenceFrequency.SECONDLY;
    return ofHours
        .boxed()
        .flatMap(
            hour ->
                (minuteIsGiven ? IntStream.of(period.getMinute()) : stream(minutes))
                    .boxed()
                    .flatMap(
                        minute ->
                            (secondIsGiven ? IntStream.of(period.getSecond()) : stream(seconds))
                                .mapToObj(second -> LocalTime.of(hour, minute, second))))
        .toList();
  }

  private static IntStream stream(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue);
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty();
  }

  @Override
  public LocalDateTime next() {
    LocalDateTime time = ready.poll();
    if (time == null) {
      throw new NoSuchElementException();
    }
    fill();
    return time;
  }
}
