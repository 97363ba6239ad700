package io.annals.command.schedule;

/** How often a rule recurs, the rarest first. */
enum RecurrenceFrequency {
  YEARLY,
  MONTHLY,
  WEEKLY,
  DAILY,
  HOURLY,
  MINUTELY,
  SECONDLY
}
