package io.annals.command.schedule;

import io.annals.command.schedule.Recurrence.Rule;
import io.annals.command.schedule.Recurrence.WeekdayPart;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.List;
import java.util.Map;

/** Which days a rule allows. All of its parts must, as in dateutil. */
final class RuleDays {
  private static final int DAYS_OF_THE_FIRST_WEEK = 4;
  private static final Map<String, DayOfWeek> WEEKDAYS =
      Map.of(
          "MO", DayOfWeek.MONDAY,
          "TU", DayOfWeek.TUESDAY,
          "WE", DayOfWeek.WEDNESDAY,
          "TH", DayOfWeek.THURSDAY,
          "FR", DayOfWeek.FRIDAY,
          "SA", DayOfWeek.SATURDAY,
          "SU", DayOfWeek.SUNDAY);

  private final boolean countsInYear;
  private final List<Integer> months;
  private final List<Integer> monthDays;
  private final List<Integer> yearDays;
  private final List<Integer> weeks;
  private final List<DayOfWeek> weekdays;
  private final List<WeekdayPart> nthWeekdays;
  private final WeekFields weekFields;

  /**
   * Looks at the parts of a rule about days.
   *
   * @param start gives the day of a rule that names none
   */
  RuleDays(Rule rule, LocalDate start) {
    RecurrenceFrequency frequency = rule.frequency();
    this.countsInYear = frequency == RecurrenceFrequency.YEARLY;
    this.yearDays = rule.numbers("BYYEARDAY");
    this.weeks = rule.numbers("BYWEEKNO");
    this.weekFields = WeekFields.of(weekStart(rule), DAYS_OF_THE_FIRST_WEEK);
    List<Integer> namedMonthDays = rule.numbers("BYMONTHDAY");
    List<Integer> namedMonths = rule.numbers("BYMONTH");
    boolean namesDays =
        !(yearDays.isEmpty()
            && weeks.isEmpty()
            && namedMonthDays.isEmpty()
            && rule.days().isEmpty());
    boolean counts = frequency.compareTo(RecurrenceFrequency.MONTHLY) <= 0;
    this.nthWeekdays = rule.days().stream().filter(day -> counts && day.nth() != 0).toList();
    this.months =
        !namesDays && countsInYear && namedMonths.isEmpty()
            ? List.of(start.getMonthValue())
            : namedMonths;
    this.monthDays = !namesDays && counts ? List.of(start.getDayOfMonth()) : namedMonthDays;
    this.weekdays =
        !namesDays && frequency == RecurrenceFrequency.WEEKLY
            ? List.of(start.getDayOfWeek())
            : rule.days().stream()
                .filter(day -> !counts || day.nth() == 0)
                .map(RuleDays::weekday)
                .toList();
  }

  static DayOfWeek weekStart(Rule rule) {
    return WEEKDAYS.getOrDefault(rule.weekStart(), DayOfWeek.MONDAY);
  }

  private static DayOfWeek weekday(WeekdayPart part) {
    return WEEKDAYS.getOrDefault(part.day(), DayOfWeek.MONDAY);
  }

  boolean allow(LocalDate day) {
    return (months.isEmpty() || months.contains(day.getMonthValue()))
        && (monthDays.isEmpty() || isNumbered(monthDays, day.getDayOfMonth(), day.lengthOfMonth()))
        && (yearDays.isEmpty() || isNumbered(yearDays, day.getDayOfYear(), day.lengthOfYear()))
        && (weekdays.isEmpty() || weekdays.contains(day.getDayOfWeek()))
        && (weeks.isEmpty() || isInWeek(day))
        && (nthWeekdays.isEmpty()
            || nthWeekdays.stream().anyMatch(part -> day.equals(nthWeekday(part, day))));
  }

  /** Counted from the start, or with negative numbers from the end. */
  private static boolean isNumbered(List<Integer> numbers, int number, int length) {
    return numbers.contains(number) || numbers.contains(number - length - 1);
  }

  private boolean isInWeek(LocalDate day) {
    int week = day.get(weekFields.weekOfWeekBasedYear());
    int weekYear = day.get(weekFields.weekBasedYear());
    if (weeks.contains(week)) {
      return true;
    }
    if (weekYear < day.getYear()) { // of the year before only the last week can reach here
      return weeks.contains(-1);
    }
    int ofYear = (int) day.range(weekFields.weekOfWeekBasedYear()).getMaximum();
    return weekYear == day.getYear() && weeks.contains(week - ofYear - 1);
  }

  /** The day that a part such as {@code -1FR} means in the day's year or month. */
  private LocalDate nthWeekday(WeekdayPart part, LocalDate day) {
    DayOfWeek weekday = weekday(part);
    if (!countsInYear || !months.isEmpty()) {
      LocalDate nth = day.with(TemporalAdjusters.dayOfWeekInMonth(part.nth(), weekday));
      return YearMonth.from(nth).equals(YearMonth.from(day)) ? nth : LocalDate.MIN;
    }
    LocalDate nth =
        part.nth() > 0
            ? day.with(TemporalAdjusters.firstDayOfYear())
                .with(TemporalAdjusters.nextOrSame(weekday))
                .plusWeeks(part.nth() - 1L)
            : day.with(TemporalAdjusters.lastDayOfYear())
                .with(TemporalAdjusters.previousOrSame(weekday))
                .plusWeeks(part.nth() + 1L);
    return nth.getYear() == day.getYear() ? nth : LocalDate.MIN;
  }
}
