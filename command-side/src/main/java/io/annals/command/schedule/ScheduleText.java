package io.annals.command.schedule;

import io.annals.command.schedule.Recurrence.Rule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the texts of schedules as they arrive, in Prefect's words. */
public final class ScheduleText {
  private static final int MAX_RECURRENCE_LENGTH = 6_500;
  private static final int SHOWN_OF_A_LONG_ONE = 40;
  private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

  private ScheduleText() {}

  /** What is wrong with a cron expression, if anything is. */
  public static Optional<String> cronProblem(String cron) {
    try {
      CronExpression.parse(cron);
      return Optional.empty();
    } catch (IllegalArgumentException invalid) {
      return Optional.of(String.valueOf(invalid.getMessage()));
    }
  }

  /** What is wrong with a recurrence, if anything is. */
  public static Optional<String> recurrenceProblem(String text) {
    try {
      Recurrence.parse(text);
    } catch (IllegalArgumentException invalid) {
      return Optional.of("Invalid RRule string \"%s\": %s".formatted(text, invalid.getMessage()));
    }
    int length = text.codePointCount(0, text.length());
    if (length > MAX_RECURRENCE_LENGTH) {
      return Optional.of(
          "Invalid RRule string \"%s...\"\nMax length is %d, got %d"
              .formatted(
                  text.substring(0, text.offsetByCodePoints(0, SHOWN_OF_A_LONG_ONE)),
                  MAX_RECURRENCE_LENGTH,
                  length));
    }
    return Optional.empty();
  }

  /**
   * Gives a recurrence the start that it leaves out, so that it means the same for ever: 2020 began
   * at midnight, and rules by the minute or second are counted from a recent time that they reach
   * from there.
   *
   * @param timezone the schedule's
   */
  public static String withStart(String text, @Nullable String timezone, Instant now) {
    if (text.toUpperCase(Locale.ROOT).contains("DTSTART")) {
      return text;
    }
    Recurrence recurrence = Recurrence.parse(text);
    if (recurrence.rules().stream().anyMatch(Rule::untilHasZone)) {
      return text; // dateutil knows no common start for them, and Prefect leaves them alone
    }
    LocalDateTime start =
        recurrence.isSingleRule()
            ? recentStart(recurrence.rules().getFirst(), timezone, now)
            : Recurrence.DEFAULT_START;
    return "DTSTART:" + START.format(start) + "\n" + text;
  }

  private static LocalDateTime recentStart(Rule rule, @Nullable String timezone, Instant now) {
    long unitSeconds =
        switch (rule.frequency()) {
          case SECONDLY -> 1;
          case MINUTELY -> 60;
          case YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY -> 0;
        };
    if (unitSeconds == 0 || rule.count() != null) {
      return Recurrence.DEFAULT_START;
    }
    long period = unitSeconds * rule.interval();
    LocalDateTime local = LocalDateTime.ofInstant(now, zone(timezone));
    long elapsed = Math.max(0, Duration.between(Recurrence.DEFAULT_START, local).toSeconds());
    return Recurrence.DEFAULT_START.plusSeconds(elapsed / period * period);
  }

  private static ZoneId zone(@Nullable String timezone) {
    try {
      return TimeZones.of(timezone);
    } catch (DateTimeException unknown) {
      return ZoneId.of("UTC");
    }
  }
}
