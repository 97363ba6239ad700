package io.annals.events.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Instants as text, digit by digit: what is stored and told of one change holds a dozen of them,
 * and a formatter takes several times as long.
 */
@SuppressWarnings("JavaInstantGetSecondsGetNano") // the second is written beside it
public final class IsoInstant {
  private static final int MAX_YEAR = 9_999;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int SECONDS_PER_HOUR = 3_600;
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int NANO_DIGITS = 9;
  private static final int MICRO_DIGITS = 6;
  private static final int MILLI_DIGITS = 3;
  private static final int LONGEST = "0000-00-00T00:00:00.000000000Z".length();

  private final byte[] text = new byte[LONGEST];
  private int length;

  private IsoInstant() {}

  /** What {@link Instant#toString} gives: no, three, six or nine fractional digits, as it takes. */
  public static String exact(Instant instant) {
    int nanos = instant.getNano();
    if (nanos == 0) {
      return text(instant, 0);
    }
    if (nanos % NANOS_PER_MICRO != 0) {
      return text(instant, NANO_DIGITS);
    }
    return text(instant, nanos % NANOS_PER_MILLI == 0 ? MILLI_DIGITS : MICRO_DIGITS);
  }

  /** Six fractional digits, cut off there; none when they would all be zero. */
  public static String micros(Instant instant) {
    return text(instant, instant.getNano() < NANOS_PER_MICRO ? 0 : MICRO_DIGITS);
  }

  private static String text(Instant instant, int fractionDigits) {
    long second = instant.getEpochSecond();
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
    if (date.getYear() < 0 || date.getYear() > MAX_YEAR) {
      return instant.toString(); // with a sign and more digits
    }
    IsoInstant written = new IsoInstant();
    written.date(date);
    written.time(Math.floorMod(second, SECONDS_PER_DAY));
    written.fraction(instant.getNano(), fractionDigits);
    written.add('Z');
    return new String(written.text, 0, written.length, StandardCharsets.ISO_8859_1);
  }

  private void date(LocalDate date) {
    number(date.getYear(), 4);
    add('-');
    number(date.getMonthValue(), 2);
    add('-');
    number(date.getDayOfMonth(), 2);
  }

  private void time(int secondOfDay) {
    add('T');
    number(secondOfDay / SECONDS_PER_HOUR, 2);
    add(':');
    number(secondOfDay / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE, 2);
    add(':');
    number(secondOfDay % SECONDS_PER_MINUTE, 2);
  }

  private void fraction(int nanos, int digits) {
    if (digits > 0) {
      add('.');
      number(nanos, NANO_DIGITS);
      length -= NANO_DIGITS - digits;
    }
  }

  private void number(int value, int digits) {
    int rest = value;
    for (int place = length + digits - 1; place >= length; place--) {
      text[place] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void add(char character) {
    text[length++] = (byte) character;
  }
}
