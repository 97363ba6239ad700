package io.annals.command.schedule;

/** How often a rule recurs, the rarest first. */
enum RecurrenceFrequency {
  YEARLY,
  MONTHLY,
  WEEKLY,
  DAILY,
  HOURLY,
  MINUTELY,
  SECONDLY;

  /** Whether the rule advances by less than a day. */
  boolean isWithinDay() {
    return compareTo(HOURLY) >= 0;
  }
}
