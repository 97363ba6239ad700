package io.annals.query.request;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Instants as Prefect's clients write them: {@code T} or a space in between, with or without
 * fraction and zone; a date alone is its midnight; no zone is UTC.
 */
public final class InstantText {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})-(\\d{2})-(\\d{2})"
              + "(?:[Tt _](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?"
              + "\\s?([Zz]|[+-]\\d{2}(?::?\\d{2})?)?)?");

  /** Pydantic takes larger numbers for milliseconds. */
  private static final double LARGEST_SECONDS = 2e10;

  private static final int WITHOUT_FRACTION = "2026-11-26T20:00:00".length();
  private static final int NANO_DIGITS = 9;
  private static final int NANOS_PER_MICRO = 1_000;

  private InstantText() {}

  /** The moment that a text or a number since the epoch names, in microseconds. */
  public static Optional<Instant> read(JsonNode json) {
    if (json.isNumber()) {
      return ofEpoch(json.doubleValue());
    }
    return json.isString() ? parse(json.stringValue()) : Optional.empty();
  }

  static Optional<Instant> parse(String text) {
    Optional<Instant> usual = parseUsual(text);
    return usual.isPresent() ? usual : parseWithOffset(text).map(OffsetDateTime::toInstant);
  }

  static Optional<Instant> ofEpoch(double number) {
    double seconds = Math.abs(number) > LARGEST_SECONDS ? number / 1_000 : number;
    if (!Double.isFinite(seconds) || Math.abs(seconds) > LARGEST_SECONDS * 10) {
      return Optional.empty();
    }
    return Optional.of(Instant.EPOCH.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS));
  }

  /** The form in which programs write UTC, digit by digit: a pattern takes many times as long. */
  private static Optional<Instant> parseUsual(String text) {
    int end =
        text.endsWith("Z") ? text.length() - 1 : text.endsWith("+00:00") ? text.length() - 6 : 0;
    boolean hasFraction = end > WITHOUT_FRACTION;
    if (end < WITHOUT_FRACTION
        || !isSeparated(text)
        || (hasFraction && text.charAt(WITHOUT_FRACTION) != '.')) {
      return Optional.empty();
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, WITHOUT_FRACTION);
    int nanos = hasFraction ? nanos(text, WITHOUT_FRACTION + 1, end) : 0;
    if ((year | month | day | hour | minute | second | nanos) < 0) {
      return Optional.empty();
    }
    try {
      LocalDateTime time =
          LocalDateTime.of(year, month, day, hour, minute, second, nanos - nanos % NANOS_PER_MICRO);
      return Optional.of(time.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException impossible) {
      return Optional.empty();
    }
  }

  private static boolean isSeparated(String text) {
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  /** The number between two places, or less than zero. */
  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** What follows the point, in nanoseconds, or less than zero. */
  private static int nanos(String text, int from, int to) {
    if (to == from || to - from > NANO_DIGITS) {
      return -1;
    }
    int nanos = digits(text, from, to);
    for (int place = to - from; place < NANO_DIGITS; place++) {
      nanos *= 10;
    }
    return nanos;
  }

  /** Keeps the offset that the text names; UTC where it names none. */
  static Optional<OffsetDateTime> parseWithOffset(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate date = LocalDate.of(number(form, 1, 0), number(form, 2, 1), number(form, 3, 1));
      LocalTime time = LocalTime.of(number(form, 4, 0), number(form, 5, 0), number(form, 6, 0));
      OffsetDateTime whole = LocalDateTime.of(date, time).atOffset(zone(form.group(8)));
      return Optional.of(whole.plusNanos(nanos(form.group(7))).truncatedTo(ChronoUnit.MICROS));
    } catch (DateTimeException impossible) {
      return Optional.empty();
    }
  }

  private static int number(Matcher form, int group, int missing) {
    String digits = form.group(group);
    return digits == null ? missing : Integer.parseInt(digits);
  }

  private static long nanos(@Nullable String fraction) {
    return fraction == null ? 0 : Long.parseLong((fraction + "00000000").substring(0, 9));
  }

  private static ZoneOffset zone(@Nullable String zone) {
    return zone == null || "z".equalsIgnoreCase(zone) ? ZoneOffset.UTC : ZoneOffset.of(zone);
  }
}
