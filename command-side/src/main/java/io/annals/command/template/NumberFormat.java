package io.annals.command.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers with a given precision, as C and Python write them. */
final class NumberFormat {
  /** What Python takes when nobody says how many digits. */
  static final int DEFAULT_PRECISION = 6;

  private static final int GROUP = 3;
  private static final int LEAST_PLAIN_EXPONENT = -4;

  private NumberFormat() {}

  static String fixed(double value, int precision) {
    return Double.isFinite(value)
        ? negativeZero(value)
            + exact(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString()
        : Texts.number(value);
  }

  private static String negativeZero(double value) {
    return value == 0 && 1 / value < 0 ? "-" : "";
  }

  private static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }

  static String scientific(double value, int precision) {
    if (!Double.isFinite(value)) {
      return Texts.number(value);
    }
    BigDecimal rounded =
        exact(value).round(new java.math.MathContext(precision + 1, RoundingMode.HALF_EVEN));
    int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    String mantissa =
        rounded.movePointLeft(exponent).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /** The shorter of both, without zeros at the end. */
  static String general(double value, int precision) {
    if (!Double.isFinite(value)) {
      return Texts.number(value);
    }
    int digits = Math.max(1, precision);
    BigDecimal rounded =
        exact(value).round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    if (exponent >= LEAST_PLAIN_EXPONENT && exponent < digits) {
      return value == 0 ? negativeZero(value) + "0" : rounded.stripTrailingZeros().toPlainString();
    }
    String mantissa = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  static String inBase(BigInteger value, char type) {
    return switch (type) {
      case 'x' -> value.toString(NumberBase.HEXADECIMAL.radix());
      case 'X' -> value.toString(NumberBase.HEXADECIMAL.radix()).toUpperCase(Locale.ROOT);
      case 'o' -> value.toString(NumberBase.OCTAL.radix());
      case 'b' -> value.toString(NumberBase.BINARY.radix());
      default -> value.toString();
    };
  }

  /** Digits before the point in groups of three. */
  static String grouped(String number, String separator) {
    int start = number.startsWith("-") ? 1 : 0;
    int end = start;
    while (end < number.length() && Character.isDigit(number.charAt(end))) {
      end++;
    }
    StringBuilder grouped = new StringBuilder(number);
    for (int at = end - GROUP; at > start; at -= GROUP) {
      grouped.insert(at, separator);
    }
    return grouped.toString();
  }
}
