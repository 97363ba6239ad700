package io.annals.app.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as pydantic reads and writes them. */
final class DurationText {
  private static final int DAYS_OF_YEAR = 365;
  private static final int DAYS_OF_MONTH = 30;
  private static final int DAYS_OF_WEEK = 7;
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  private static final Pattern ISO =
      Pattern.compile(
          "([+-])?P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?"
              + "(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+(?:\\.\\d+)?)S)?)?");
  private static final Pattern CLOCK =
      Pattern.compile(
          "([+-])?(?:(\\d+)\\s*d(?:ays?)?,?\\s*)?(\\d{1,2}):(\\d{2})(?::(\\d{2}(?:\\.\\d+)?))?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern BARE = Pattern.compile("[+-]?\\d+(\\.\\d*)?|[+-]?\\.\\d+");

  private DurationText() {}

  /** Reads ISO 8601 ({@code P7D}), {@code HH:MM:SS} and {@code D days, HH:MM:SS}. */
  static Duration read(String given) {
    String text = given.strip();
    Matcher iso = ISO.matcher(text);
    if (iso.matches()
        && Character.isLetterOrDigit(text.charAt(text.length() - 1))
        && !text.endsWith("P")
        && !text.endsWith("T")) {
      long days =
          number(iso.group(2)) * DAYS_OF_YEAR
              + number(iso.group(3)) * DAYS_OF_MONTH
              + number(iso.group(4)) * DAYS_OF_WEEK
              + number(iso.group(5));
      Duration time =
          Duration.ofDays(days)
              .plusHours(number(iso.group(6)))
              .plusMinutes(number(iso.group(7)))
              .plus(seconds(iso.group(8)));
      return signed(iso.group(1), time);
    }
    Matcher clock = CLOCK.matcher(text);
    if (clock.matches()) {
      Duration time =
          Duration.ofDays(number(clock.group(2)))
              .plusHours(number(clock.group(3)))
              .plusMinutes(number(clock.group(4)))
              .plus(seconds(clock.group(5)));
      return signed(clock.group(1), time);
    }
    throw new IllegalArgumentException("is not a duration such as PT1H, P7D or 01:00:00");
  }

  /** The same, or a bare number of seconds. */
  static Duration readSeconds(String given) {
    String text = given.strip();
    return BARE.matcher(text).matches() ? seconds(text) : read(text);
  }

  /** ISO 8601 with days, as {@code GET /admin/settings} shows it. */
  static String show(Duration duration) {
    if (duration.isNegative()) {
      return "-" + show(duration.negated());
    }
    long days = duration.toDays();
    Duration rest = duration.minusDays(days);
    if (days == 0) {
      return rest.toString();
    }
    return "P" + days + "D" + (rest.isZero() ? "" : rest.toString().substring(1));
  }

  private static Duration seconds(@Nullable String text) {
    if (text == null) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(new BigDecimal(text).multiply(NANOS).longValue());
  }

  private static long number(@Nullable String text) {
    return text == null ? 0 : Long.parseLong(text);
  }

  private static Duration signed(@Nullable String sign, Duration duration) {
    return "-".equals(sign) ? duration.negated() : duration;
  }
}
