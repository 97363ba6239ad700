package io.annals.command.schedule;

import java.time.LocalDateTime;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Lines of iCalendar as they were read: all times are of the schedule's own clock, whatever zone
 * they named.
 *
 * @param start the DTSTART, if there is one
 */
record Recurrence(
    @Nullable LocalDateTime start,
    List<Rule> rules,
    List<Rule> exceptRules,
    List<LocalDateTime> dates,
    List<LocalDateTime> exceptDates) {
  /** What Prefect takes for the start of rules that name none. */
  static final LocalDateTime DEFAULT_START = LocalDateTime.of(2020, 1, 1, 0, 0);

  /**
   * One rule.
   *
   * @param until inclusive
   * @param untilHasZone whether the end was written with a zone, which is dropped
   * @param by the BY… parts: numbers in the order in which they stood
   * @param days the BYDAY part, in iCalendar's form
   * @param weekStart MO to SU
   */
  record Rule(
      RecurrenceFrequency frequency,
      int interval,
      @Nullable Integer count,
      @Nullable LocalDateTime until,
      boolean untilHasZone,
      SortedMap<String, List<Integer>> by,
      List<WeekdayPart> days,
      String weekStart) {
    /** The numbers of a BY… part; none when it is missing. */
    List<Integer> numbers(String part) {
      return by.getOrDefault(part, List.of());
    }
  }

  /**
   * A day of the week.
   *
   * @param nth which one of its month or year; 0 for every one
   * @param day MO to SU
   */
  record WeekdayPart(int nth, String day) {}

  /**
   * Reads lines in dateutil's dialect.
   *
   * @throws IllegalArgumentException in dateutil's words when they are none
   */
  static Recurrence parse(String text) {
    return new RecurrenceParser(text).parse();
  }

  LocalDateTime startOrDefault() {
    return start == null ? DEFAULT_START : start;
  }

  /** Whether there is one rule and nothing else. */
  boolean isSingleRule() {
    return rules.size() == 1 && exceptRules.isEmpty() && dates.isEmpty() && exceptDates.isEmpty();
  }
}
