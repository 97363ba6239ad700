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

/**
 * Instants as Prefect's clients write them: {@code T} or a space in between, with or without
 * fraction and zone; a date alone is its midnight; no zone is UTC.
 */
final class InstantText {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})-(\\d{2})-(\\d{2})"
              + "(?:[Tt _](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?"
              + "\\s?([Zz]|[+-]\\d{2}(?::?\\d{2})?)?)?");

  /** Pydantic takes larger numbers for milliseconds. */
  private static final double LARGEST_SECONDS = 2e10;

  private InstantText() {}

  static Optional<Instant> parse(String text) {
    if (text.endsWith("Z") && text.length() > 10 && text.charAt(10) == 'T') {
      try {
        return Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.MICROS));
      } catch (DateTimeException unusual) {
        return parseLoosely(text);
      }
    }
    return parseLoosely(text);
  }

  static Optional<Instant> ofEpoch(double number) {
    double seconds = Math.abs(number) > LARGEST_SECONDS ? number / 1_000 : number;
    if (!Double.isFinite(seconds) || Math.abs(seconds) > LARGEST_SECONDS * 10) {
      return Optional.empty();
    }
    return Optional.of(Instant.EPOCH.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS));
  }

  private static Optional<Instant> parseLoosely(String text) {
    return parseWithOffset(text).map(OffsetDateTime::toInstant);
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
