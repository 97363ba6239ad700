package io.annals.command.template;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code '{}'.format(value)}. */
final class BraceFormat {
  private static final Pattern PIECE =
      Pattern.compile(
          "\\{\\{|\\}\\}|\\{(?<field>[^{}!:]*)(?:!(?<how>[rsa]))?(?::(?<spec>[^{}]*))?\\}|[{}]");
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]+)\\]");
  private static final Pattern SPEC =
      Pattern.compile(
          "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?#?(?<zero>0)?(?<width>\\d+)?"
              + "(?<group>[,_])?(?:\\.(?<precision>\\d+))?(?<type>[bcdeEfFgGnosxX%])?");
  private static final int PER_CENT = 100;

  private final Budget budget;
  private final Texts texts;
  private final Members members;

  BraceFormat(Budget budget, Texts texts, Members members) {
    this.budget = budget;
    this.texts = texts;
    this.members = members;
  }

  String format(String format, Arguments arguments) {
    StringBuilder formatted = new StringBuilder();
    Matcher piece = PIECE.matcher(format);
    int from = 0;
    int next = 0;
    while (piece.find()) {
      formatted.append(format, from, piece.start());
      from = piece.end();
      switch (piece.group()) {
        case "{{" -> formatted.append('{');
        case "}}" -> formatted.append('}');
        case "{" ->
            throw Failure.value(
                from == format.length()
                    ? "Single '{' encountered in format string"
                    : "expected '}' before end of string");
        case "}" -> throw Failure.value("Single '}' encountered in format string");
        default -> {
          String name = piece.group("field");
          boolean isCounted = name.isEmpty() || name.startsWith(".") || name.startsWith("[");
          Object value = value(isCounted ? next++ + name : name, arguments);
          formatted.append(one(converted(value, piece), piece));
          budget.spendLength(formatted.length());
        }
      }
    }
    return formatted.append(format.substring(from)).toString();
  }

  private Object value(String field, Arguments arguments) {
    Matcher step = STEP.matcher(field);
    boolean hasSteps = step.find();
    String first = hasSteps ? field.substring(0, step.start()) : field;
    Object value = argument(first, arguments);
    while (hasSteps) {
      String key = step.group(2);
      if (key == null) {
        value = members.attribute(value, step.group(1));
      } else {
        boolean isIndex = key.length() < Byte.SIZE && key.chars().allMatch(Character::isDigit);
        value = members.item(value, isIndex ? new BigInteger(key) : key);
      }
      hasSteps = step.find();
    }
    return value;
  }

  private static Object argument(String name, Arguments arguments) {
    if (name.length() < Byte.SIZE && name.chars().allMatch(Character::isDigit)) {
      int index = Integer.parseInt(name);
      if (index >= arguments.positional().size()) {
        throw new Failure("IndexError", "tuple index out of range");
      }
      return arguments.positional().get(index);
    }
    Object value = arguments.named().get(name);
    if (value == null) {
      throw new Failure("KeyError", name);
    }
    return value;
  }

  private Object converted(Object value, Matcher piece) {
    String how = piece.group("how");
    return how == null ? value : how.equals("s") ? texts.text(value) : texts.shown(value);
  }

  private String one(Object value, Matcher piece) {
    String given = piece.group("spec");
    if (given == null || given.isEmpty()) {
      return texts.text(value);
    }
    Matcher spec = SPEC.matcher(given);
    if (!spec.matches()) {
      throw Failure.value("Invalid format specifier");
    }
    boolean isNumber = Values.isNumber(value) && !(value instanceof Boolean);
    String type = spec.group("type");
    if (!isNumber && type != null && !type.equals("s")) {
      throw unknown(type, value);
    }
    String text = isNumber ? number(value, spec) : cut(texts.text(value), spec);
    return padded(text, isNumber, spec);
  }

  private String cut(String text, Matcher spec) {
    int precision = length(spec.group("precision"), text.length());
    return text.substring(0, Math.min(text.length(), precision));
  }

  private int length(@Nullable String digits, int otherwise) {
    return digits == null ? otherwise : budget.length(digits);
  }

  private String number(Object value, Matcher spec) {
    String type = spec.group("type");
    int precision = length(spec.group("precision"), -1);
    String text = type == null ? plain(value, precision) : typed(value, type.charAt(0), precision);
    if (spec.group("group") != null) {
      text = NumberFormat.grouped(text, spec.group("group"));
    }
    String sign = spec.group("sign");
    boolean isShown = sign != null && !sign.equals("-") && !text.startsWith("-");
    return isShown ? sign + text : text;
  }

  private String plain(Object value, int precision) {
    return precision < 0 || Values.integerOf(value) != null
        ? texts.text(value)
        : NumberFormat.general(Values.doubleOf(value), precision);
  }

  private static String typed(Object value, char type, int precision) {
    BigInteger integer = Values.integerOf(value);
    if ("bdnoxX".indexOf(type) >= 0) {
      if (integer == null) {
        throw unknown(Character.toString(type), value);
      }
      return NumberFormat.inBase(integer, type);
    }
    double number = Values.doubleOf(value);
    int digits = precision < 0 ? NumberFormat.DEFAULT_PRECISION : precision;
    String text =
        switch (Character.toLowerCase(type)) {
          case 'f' -> NumberFormat.fixed(number, digits);
          case 'e' -> NumberFormat.scientific(number, digits);
          case 'g' -> NumberFormat.general(number, digits);
          case '%' -> NumberFormat.fixed(number * PER_CENT, digits) + "%";
          default -> throw unknown(Character.toString(type), value);
        };
    return Character.isUpperCase(type) ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static Failure unknown(String type, Object value) {
    return Failure.value(
        "Unknown format code '%s' for object of type '%s'".formatted(type, Values.typeName(value)));
  }

  private String padded(String text, boolean isNumber, Matcher spec) {
    int missing = length(spec.group("width"), 0) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    boolean isZero = spec.group("zero") != null && spec.group("align") == null;
    String fill = spec.group("fill") == null ? (isZero ? "0" : " ") : spec.group("fill");
    String align = spec.group("align");
    String side = align == null ? (isNumber ? (isZero ? "=" : ">") : "<") : align;
    return switch (side) {
      case "<" -> text + fill.repeat(missing);
      case "^" -> fill.repeat(missing / 2) + text + fill.repeat(missing - missing / 2);
      case "=" -> {
        String sign = text.startsWith("-") || text.startsWith("+") ? text.substring(0, 1) : "";
        yield sign + fill.repeat(missing) + text.substring(sign.length());
      }
      default -> fill.repeat(missing) + text;
    };
  }
}
