package io.annals.query.request;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as pydantic reads them: ISO 8601 with months of 30 and years of 365 days, or days and a
 * clock such as {@code 2 days, 01:30:00.5}.
 */
final class DurationText {
  /** Days; Python's timedelta ends here. */
  private static final long MOST_DAYS = 999_999_999;

  private static final double MICROS_PER_SECOND = 1e6;
  private static final double SECONDS_PER_DAY = 86_400;

  private static final Pattern ISO =
      Pattern.compile(
          "([+-])?P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+(?:\\.\\d+)?)D)?"
              + "(?:T(?:(\\d+(?:\\.\\d+)?)H)?(?:(\\d+(?:\\.\\d+)?)M)?(?:(\\d+(?:[.,]\\d+)?)S)?)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CLOCK =
      Pattern.compile(
          "([+-])?(?:(\\d+)\\s*d(?:ays?)?,?\\s*)?(?:(\\d+):(\\d{2})(?::(\\d{2}(?:\\.\\d+)?))?)?",
          Pattern.CASE_INSENSITIVE);

  private DurationText() {}

  sealed interface Reading {}

  record Read(Duration duration) implements Reading {}

  record Unreadable(String error) implements Reading {}

  static Reading ofSeconds(double seconds) {
    if (!(Math.abs(seconds) / SECONDS_PER_DAY <= MOST_DAYS)) {
      return new Unreadable("durations may not exceed 999,999,999 days");
    }
    return new Read(Duration.ofNanos(0).plusSeconds((long) seconds).plus(fraction(seconds)));
  }

  private static Duration fraction(double seconds) {
    return Duration.ofNanos(Math.round((seconds - (long) seconds) * MICROS_PER_SECOND) * 1_000);
  }

  static Reading read(String text) {
    if (text.isEmpty()) {
      return new Unreadable("input is too short");
    }
    Matcher iso = ISO.matcher(text);
    if (iso.matches()) {
      return ofSeconds(
          sign(iso)
              * ((number(iso, 2) * 365 + number(iso, 3) * 30 + number(iso, 4) * 7 + number(iso, 5))
                      * SECONDS_PER_DAY
                  + number(iso, 6) * 3_600
                  + number(iso, 7) * 60
                  + number(iso, 8)));
    }
    Matcher clock = CLOCK.matcher(text);
    if (clock.matches()) {
      return ofSeconds(
          sign(clock)
              * (number(clock, 2) * SECONDS_PER_DAY
                  + number(clock, 3) * 3_600
                  + number(clock, 4) * 60
                  + number(clock, 5)));
    }
    return new Unreadable(error(text));
  }

  private static int sign(Matcher form) {
    return "-".equals(form.group(1)) ? -1 : 1;
  }

  private static double number(Matcher form, int group) {
    @Nullable String digits = form.group(group);
    return digits == null ? 0 : Double.parseDouble(digits.replace(',', '.'));
  }

  /** The reasons that pydantic's parser gives most. */
  private static String error(String text) {
    if (text.codePoints().allMatch(Character::isDigit)) {
      return "\"day\" identifier in duration not correctly formatted";
    }
    return text.matches("\\d+ .*") ? "invalid character in hour" : "invalid digit in duration";
  }
}
