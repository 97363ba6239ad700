package io.annals.command.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code '%s' % value}. */
final class PercentFormat {
  private static final Pattern FIELD =
      Pattern.compile(
          "%(?:\\((?<key>[^)]*)\\))?(?<flags>[-+ #0]*)(?<width>\\d+)?"
              + "(?:\\.(?<precision>\\d*))?[hlL]?(?<type>.)?",
          Pattern.DOTALL);

  private final Budget budget;
  private final Texts texts;

  PercentFormat(Budget budget, Texts texts) {
    this.budget = budget;
    this.texts = texts;
  }

  String format(String format, Object given) {
    List<Object> items = given instanceof Tuple tuple ? tuple.items() : List.of(given);
    Map<?, ?> named = given instanceof Map<?, ?> map ? map : null;
    StringBuilder formatted = new StringBuilder();
    Matcher field = FIELD.matcher(format);
    int from = 0;
    int next = 0;
    while (field.find(from)) {
      formatted.append(format, from, field.start());
      from = field.end();
      if (field.group("type") == null) {
        throw Failure.value("incomplete format");
      }
      if (field.group("type").equals("%")) {
        formatted.append('%');
        continue;
      }
      Object value = named(field, named);
      if (value == null) {
        if (next >= items.size()) {
          throw Failure.type("not enough arguments for format string");
        }
        value = items.get(next++);
      }
      formatted.append(one(field, value, format));
      budget.spendLength(formatted.length());
    }
    if (next < items.size() && named == null && !(given instanceof Undefined)) {
      throw Failure.type("not all arguments converted during string formatting");
    }
    return formatted.append(format.substring(from)).toString();
  }

  private static @Nullable Object named(Matcher field, @Nullable Map<?, ?> named) {
    String key = field.group("key");
    if (key == null) {
      return null;
    }
    if (named == null) {
      throw Failure.type("format requires a mapping");
    }
    Object value = named.get(key);
    if (value == null) {
      throw new Failure("KeyError", key);
    }
    return value;
  }

  private String one(Matcher field, Object value, String format) {
    String flags = field.group("flags");
    char type = field.group("type").charAt(0);
    int precision = length(field.group("precision"), -1);
    String text =
        switch (type) {
          case 's' -> cut(texts.text(value), precision);
          case 'r', 'a' -> cut(texts.shown(value), precision);
          case 'c' -> character(value);
          case 'd', 'i', 'u' -> integer(value, 'd', flags);
          case 'x', 'X', 'o' -> integer(value, type, flags);
          case 'f', 'F', 'e', 'E', 'g', 'G' -> decimal(value, type, precision, flags);
          default ->
              throw Failure.value(
                  "unsupported format character '%c' (0x%x) at index %d"
                      .formatted(
                          type,
                          (int) type,
                          format.indexOf(field.group()) + field.group().length() - 1));
        };
    return padded(text, length(field.group("width"), 0), flags, "srac".indexOf(type) < 0);
  }

  private int length(@Nullable String digits, int otherwise) {
    if (digits == null) {
      return otherwise;
    }
    return digits.isEmpty() ? 0 : budget.length(digits);
  }

  private static String cut(String text, int precision) {
    return precision < 0 || precision >= text.length() ? text : text.substring(0, precision);
  }

  private String character(Object value) {
    if (!(value instanceof BigInteger code)) {
      return texts.text(value);
    }
    int codePoint = Arguments.integer(code);
    if (!Character.isValidCodePoint(codePoint)) {
      throw new Failure("OverflowError", '%' + "c arg not in range(0x110000)");
    }
    return Character.toString(codePoint);
  }

  private static String integer(Object value, char type, String flags) {
    BigInteger number = Values.integerOf(value);
    if (number == null && value instanceof Double decimal && type == 'd') {
      number = java.math.BigDecimal.valueOf(decimal).toBigInteger();
    }
    if (number == null) {
      throw Failure.type(
          "%%%c format: %s is required, not %s"
              .formatted(
                  type, type == 'd' ? "a real number" : "an integer", Values.typeName(value)));
    }
    return signed(NumberFormat.inBase(number, type), flags);
  }

  private static String decimal(Object value, char type, int precision, String flags) {
    if (!Values.isNumber(value)) {
      throw Failure.type("must be real number, not " + Values.typeName(value));
    }
    double number = Values.doubleOf(value);
    int digits = precision < 0 ? NumberFormat.DEFAULT_PRECISION : precision;
    String text =
        switch (Character.toLowerCase(type)) {
          case 'f' -> NumberFormat.fixed(number, digits);
          case 'e' -> NumberFormat.scientific(number, digits);
          default -> NumberFormat.general(number, digits);
        };
    return signed(Character.isUpperCase(type) ? text.toUpperCase(Locale.ROOT) : text, flags);
  }

  private static String signed(String number, String flags) {
    if (number.startsWith("-")) {
      return number;
    }
    return flags.contains("+") ? "+" + number : flags.contains(" ") ? " " + number : number;
  }

  private static String padded(String text, int width, String flags, boolean isNumber) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    if (flags.contains("-")) {
      return text + " ".repeat(missing);
    }
    if (isNumber && flags.contains("0")) {
      boolean hasSign = "+- ".indexOf(text.charAt(0)) >= 0;
      String sign = hasSign ? text.substring(0, 1) : "";
      return sign + "0".repeat(missing) + text.substring(sign.length());
    }
    return " ".repeat(missing) + text;
  }
}
