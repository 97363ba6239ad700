package io.annals.command.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Filters of numbers, and those that make numbers readable. */
final class NumberFilters {
  private static final int DECIMAL = 10;
  private static final int MOST_DIGITS = 300;
  private static final int TEENS = 10;
  private static final int FIRST_TEEN = 11;
  private static final int LAST_TEEN = 13;
  private static final int HUNDRED = 100;
  private static final double THOUSAND = 1000;
  private static final double BINARY_THOUSAND = 1024;
  private static final Pattern INTEGER = Pattern.compile("\\s*[+-]?\\d+(?:_\\d+)*\\s*");
  private static final Pattern FLOAT =
      Pattern.compile("\\s*[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?\\s*");
  private static final List<String> DIGITS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
  private static final List<String> POWERS =
      List.of(
          "thousand",
          "million",
          "billion",
          "trillion",
          "quadrillion",
          "quintillion",
          "sextillion",
          "septillion",
          "octillion",
          "nonillion",
          "decillion");
  private static final String PREFIXES = "kMGTPEZY";

  static final Map<String, Filter> BY_NAME =
      Map.ofEntries(
          Map.entry("abs", NumberFilters::absolute),
          Map.entry("filesizeformat", NumberFilters::fileSize),
          Map.entry("float", NumberFilters::toFloat),
          Map.entry("int", NumberFilters::toInteger),
          Map.entry("round", NumberFilters::rounded),
          Map.entry("humanize_apnumber", NumberFilters::spelled),
          Map.entry("humanize_intcomma", NumberFilters::withCommas),
          Map.entry("humanize_intword", NumberFilters::inWords),
          Map.entry("humanize_naturalsize", NumberFilters::naturalSize),
          Map.entry("humanize_ordinal", NumberFilters::ordinal));

  private NumberFilters() {}

  private static Object absolute(Evaluator at, Object value, Arguments given) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    BigInteger integer = Values.integerOf(value);
    if (integer != null) {
      return integer.abs();
    }
    if (value instanceof Double number) {
      return Math.abs(number);
    }
    throw Failure.type("bad operand type for abs(): '" + Values.typeName(value) + "'");
  }

  private static Object toInteger(Evaluator at, Object value, Arguments given) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    BigInteger integer = Values.integerOf(value);
    String text = Values.textOf(value);
    if (text != null) {
      integer = parsed(text, given.integer(1, "base", DECIMAL));
    }
    Double number = integer == null ? doubleOf(value) : null;
    if (number != null && Double.isFinite(number)) {
      integer = new BigDecimal(number).toBigInteger();
    }
    return integer == null ? given.or(0, "default", BigInteger.ZERO) : at.budget().integer(integer);
  }

  private static @Nullable BigInteger parsed(String text, int radix) {
    if (text.length() > MOST_DIGITS) {
      return null;
    }
    if (radix == DECIMAL) {
      return INTEGER.matcher(text).matches()
          ? new BigInteger(text.strip().replace("_", "").replaceFirst("^\\+", ""))
          : null;
    }
    String digits = text.strip().toLowerCase(Locale.ROOT);
    for (NumberBase base : NumberBase.values()) {
      if (base.radix() == radix && digits.startsWith(base.prefix())) {
        digits = digits.substring(base.prefix().length());
      }
    }
    try {
      return new BigInteger(digits, radix);
    } catch (NumberFormatException ignored) {
      return null;
    }
  }

  private static @Nullable Double doubleOf(Object value) {
    if (Values.isNumber(value)) {
      return Values.doubleOf(value);
    }
    String text = Values.textOf(value);
    return text != null && FLOAT.matcher(text).matches() ? Double.valueOf(text.strip()) : null;
  }

  private static Object toFloat(Evaluator at, Object value, Arguments given) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    Double number = doubleOf(value);
    return number == null ? given.or(0, "default", 0.0) : number;
  }

  private static Object rounded(Evaluator at, Object value, Arguments given) {
    int precision = Math.clamp(given.integer(0, "precision", 0), -MOST_DIGITS, MOST_DIGITS);
    String method = given.text(1, "method", "common");
    RoundingMode mode =
        switch (method) {
          case "common" -> RoundingMode.HALF_EVEN;
          case "ceil" -> RoundingMode.CEILING;
          case "floor" -> RoundingMode.FLOOR;
          default -> throw Failure.argument("method must be common, ceil or floor");
        };
    if (!Values.isNumber(value)) {
      throw Failure.type("type " + Values.typeName(value) + " doesn't define __round__ method");
    }
    BigInteger integer = Values.integerOf(value);
    if (integer != null && mode == RoundingMode.HALF_EVEN) {
      return new BigDecimal(integer).setScale(Math.min(0, precision), mode).toBigInteger();
    }
    double number = Values.doubleOf(value);
    if (!Double.isFinite(number)) {
      return number;
    }
    if (mode == RoundingMode.HALF_EVEN) {
      return new BigDecimal(number).setScale(precision, mode).doubleValue();
    }
    double power = Math.pow(DECIMAL, precision);
    return (mode == RoundingMode.CEILING ? Math.ceil(number * power) : Math.floor(number * power))
        / power;
  }

  private static Object fileSize(Evaluator at, Object value, Arguments given) {
    Double size = doubleOf(value);
    if (size == null) {
      throw Failure.value("could not convert string to float: " + at.texts().shown(value));
    }
    boolean isBinary = given.flag(0, "binary", false);
    double base = isBinary ? BINARY_THOUSAND : THOUSAND;
    if (size == 1) {
      return "1 Byte";
    }
    if (size < base) {
      return size.longValue() + " Bytes";
    }
    return scaled(size, base, 1) + " " + prefix(size, base) + (isBinary ? "iB" : "B");
  }

  private static int power(double size, double base) {
    int power = 1;
    while (power < PREFIXES.length() && size >= Math.pow(base, power + 1.0)) {
      power++;
    }
    return power;
  }

  private static String scaled(double size, double base, int precision) {
    return NumberFormat.fixed(size / Math.pow(base, power(Math.abs(size), base)), precision);
  }

  private static String prefix(double size, double base) {
    String prefix = PREFIXES.substring(power(size, base) - 1, power(size, base));
    return base == BINARY_THOUSAND ? prefix.toUpperCase(Locale.ROOT) : prefix;
  }

  private static Object naturalSize(Evaluator at, Object value, Arguments given) {
    Double size = doubleOf(value);
    if (size == null) {
      throw Failure.value("could not convert string to float: " + at.texts().shown(value));
    }
    boolean isGnu = given.flag(1, "gnu", false);
    boolean isBinary = given.flag(0, "binary", false);
    double base = isGnu || isBinary ? BINARY_THOUSAND : THOUSAND;
    String format = given.text(2, "format", "%.1f");
    if (Math.abs(size) < base) {
      String whole = Long.toString(size.longValue());
      return isGnu ? whole + "B" : whole + (Math.abs(size) == 1 ? " Byte" : " Bytes");
    }
    double scaled = size / Math.pow(base, power(Math.abs(size), base));
    Object number = at.arithmetic().apply("%", format, scaled);
    String prefix = prefix(Math.abs(size), base);
    String unit = isGnu ? prefix : isBinary ? " " + prefix + "iB" : " " + prefix + "B";
    return number + unit;
  }

  private static Object withCommas(Evaluator at, Object value, Arguments given) {
    Object number = number(value);
    if (number == null) {
      return at.texts().text(value);
    }
    String text =
        given.has(0, "ndigits")
            ? NumberFormat.fixed(
                Values.doubleOf(number), Math.clamp(given.integer(0, "ndigits", 0), 0, MOST_DIGITS))
            : at.texts().text(number);
    return NumberFormat.grouped(text, ",");
  }

  /** A number, or what a text with commas means. */
  private static @Nullable Object number(Object value) {
    String text = Values.textOf(value);
    if (text != null) {
      String plain = text.replace(",", "");
      BigInteger integer = parsed(plain, DECIMAL);
      return integer == null ? doubleOf(plain) : integer;
    }
    return Values.isNumber(value) ? value : null;
  }

  private static @Nullable BigInteger whole(Object value) {
    Object number = number(value);
    if (number instanceof Double decimal) {
      return Double.isFinite(decimal) ? new BigDecimal(decimal).toBigInteger() : null;
    }
    return number == null ? null : Values.integerOf(number);
  }

  private static Object ordinal(Evaluator at, Object value, Arguments given) {
    BigInteger number = whole(value);
    if (number == null) {
      return at.texts().text(value);
    }
    int lastTwo = number.mod(BigInteger.valueOf(HUNDRED)).intValue();
    boolean isTeen = lastTwo >= FIRST_TEEN && lastTwo <= LAST_TEEN;
    String suffix =
        switch (isTeen ? 0 : lastTwo % TEENS) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
    return number + suffix;
  }

  private static Object spelled(Evaluator at, Object value, Arguments given) {
    BigInteger number = whole(value);
    if (number == null) {
      return at.texts().text(value);
    }
    boolean isDigit = number.signum() >= 0 && number.compareTo(BigInteger.TEN) < 0;
    return isDigit ? DIGITS.get(number.intValue()) : number.toString();
  }

  private static Object inWords(Evaluator at, Object value, Arguments given) {
    BigInteger number = whole(value);
    if (number == null) {
      return at.texts().text(value);
    }
    double size = number.abs().doubleValue();
    if (size < THOUSAND) {
      return number.toString();
    }
    String format = given.text(0, "format", "%.1f");
    int power = 0;
    while (power + 1 < POWERS.size() && size >= Math.pow(THOUSAND, power + 2.0)) {
      power++;
    }
    String scaled =
        at.texts().text(at.arithmetic().apply("%", format, size / Math.pow(THOUSAND, power + 1.0)));
    Double shown = doubleOf(scaled);
    if (shown != null && shown == THOUSAND && power + 1 < POWERS.size()) {
      power++;
      scaled = at.texts().text(at.arithmetic().apply("%", format, 1.0));
    }
    return (number.signum() < 0 ? "-" : "") + scaled + " " + POWERS.get(power);
  }
}
