package io.annals.command.schedule;

import io.annals.command.schedule.CronExpression.Values;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds when an expression matches next, on a clock without a zone, stepping as croniter steps: the
 * first field that does not match moves the clock to its nearest value, and all fields are looked
 * at again.
 *
 * <p>Its steps are kept even where they lose a date, so that a schedule runs on the same days here
 * and there: a list such as {@code 1,31} steps from the 2nd of a short month over the 1st of the
 * next one.
 */
final class CronSearch {
  /** Without a match in so many years there is none. */
  private static final int MAX_YEARS = 50;

  private final CronExpression expression;
  private final boolean eitherDay;

  /** The clock moved, or matched in this field ({@code null}), or there is nothing more. */
  private sealed interface Step {
    record Moved(LocalDateTime to) implements Step {}

    record Over() implements Step {}
  }

  /**
   * Prepares a search.
   *
   * @param dayOr whether one of day of month and day of week is enough where both are restricted
   */
  CronSearch(CronExpression expression, boolean dayOr) {
    this.expression = expression;
    this.eitherDay =
        dayOr
            && !expression.values(CronField.DAY).any()
            && !expression.values(CronField.WEEKDAY).any();
  }

  /** The next match after the given time. */
  Optional<LocalDateTime> next(LocalDateTime after) {
    if (!eitherDay) {
      return next(expression, after);
    }
    Optional<LocalDateTime> byDay = next(expression.ignoring(CronField.WEEKDAY), after);
    Optional<LocalDateTime> byWeekday = next(expression.ignoring(CronField.DAY), after);
    return byDay.isEmpty() || (byWeekday.isPresent() && byWeekday.get().isBefore(byDay.get()))
        ? byWeekday
        : byDay;
  }

  private static Optional<LocalDateTime> next(CronExpression expression, LocalDateTime after) {
    boolean hasSeconds = expression.has(CronField.SECOND);
    LocalDateTime start = after.truncatedTo(ChronoUnit.SECONDS);
    LocalDateTime at = hasSeconds ? start.plusSeconds(1) : start.plusMinutes(1);
    int firstYear = at.getYear();
    while (at.getYear() - firstYear <= MAX_YEARS) {
      @Nullable Step step = step(expression, at);
      if (step == null) {
        return Optional.of(hasSeconds ? at : at.withSecond(0));
      }
      if (!(step instanceof Step.Moved(LocalDateTime to))) {
        return Optional.empty();
      }
      at = to;
    }
    return Optional.empty();
  }

  /** The step that the first field makes that does not match; null when all match. */
  private static @Nullable Step step(CronExpression expression, LocalDateTime at) {
    Values years = expression.values(CronField.YEAR);
    if (!years.any()) {
      Optional<Integer> year =
          years.numbers().stream().filter(number -> number >= at.getYear()).findFirst();
      if (year.isEmpty()) {
        return new Step.Over();
      }
      if (year.get() != at.getYear()) {
        return new Step.Moved(LocalDateTime.of(year.get(), 1, 1, 0, 0));
      }
    }
    int months = distance(expression.values(CronField.MONTH), at.getMonthValue(), 12);
    if (months != 0) {
      return new Step.Moved(midnight(at.plusMonths(months).withDayOfMonth(1)));
    }
    int days = days(expression, at);
    if (days != 0) {
      return new Step.Moved(midnight(at.plusDays(days)));
    }
    int hours = distance(expression.values(CronField.HOUR), at.getHour(), 24);
    if (hours != 0) {
      return new Step.Moved(at.plusHours(hours).truncatedTo(ChronoUnit.HOURS));
    }
    int minutes = distance(expression.values(CronField.MINUTE), at.getMinute(), 60);
    if (minutes != 0) {
      return new Step.Moved(at.plusMinutes(minutes).truncatedTo(ChronoUnit.MINUTES));
    }
    int seconds = distance(expression.values(CronField.SECOND), at.getSecond(), 60);
    return seconds == 0 ? null : new Step.Moved(at.plusSeconds(seconds));
  }

  private static LocalDateTime midnight(LocalDateTime at) {
    return at.truncatedTo(ChronoUnit.DAYS);
  }

  private static int days(CronExpression expression, LocalDateTime at) {
    int monthLength = YearMonth.from(at).lengthOfMonth();
    Values days = expression.values(CronField.DAY);
    if (!(days.lastDay() && at.getDayOfMonth() == monthLength)) {
      int toDay = distance(days, at.getDayOfMonth(), monthLength);
      if (toDay != 0) {
        return toDay;
      }
    }
    return expression.nthWeekdays().isEmpty()
        ? distance(expression.values(CronField.WEEKDAY), at.getDayOfWeek().getValue() % 7, 7)
        : toNthWeekday(expression.nthWeekdays(), at, monthLength);
  }

  private static int toNthWeekday(
      Map<Integer, Set<Integer>> nthWeekdays, LocalDateTime at, int monthLength) {
    int nearest = monthLength + 1;
    for (Map.Entry<Integer, Set<Integer>> entry : nthWeekdays.entrySet()) {
      DayOfWeek weekday = DayOfWeek.of(entry.getKey() == 0 ? 7 : entry.getKey());
      for (int nth : entry.getValue()) {
        LocalDateTime date = at.with(TemporalAdjusters.dayOfWeekInMonth(nth, weekday));
        if (date.getMonth() == at.getMonth() && date.getDayOfMonth() >= at.getDayOfMonth()) {
          nearest = Math.min(nearest, date.getDayOfMonth());
        }
      }
    }
    return nearest - at.getDayOfMonth();
  }

  /**
   * How far the next allowed value is; past the end of a cycle the first one of the next, or what
   * croniter takes for it.
   */
  private static int distance(Values values, int from, int cycle) {
    if (values.any()) {
      return 0;
    }
    List<Integer> numbers = values.numbers();
    for (int number : numbers) {
      if (number >= from) {
        return number - from;
      }
    }
    return values.lastDay() ? cycle - from : numbers.getFirst() - from + cycle;
  }
}
