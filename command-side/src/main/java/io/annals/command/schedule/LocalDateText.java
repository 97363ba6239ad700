package io.annals.command.schedule;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** A date with its offset as Python prints it; part of what makes a planned run the only one. */
public final class LocalDateText {
  private static final DateTimeFormatter WHOLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssxxx");
  private static final DateTimeFormatter WITH_MICROS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, true)
          .appendPattern("xxx")
          .toFormatter();

  private LocalDateText() {}

  /** Such as {@code 2026-03-08 09:00:00-04:00}; six digits of a second when it is not whole. */
  public static String of(OffsetDateTime date) {
    return date.getNano() == 0 ? WHOLE.format(date) : WITH_MICROS.format(date);
  }
}
