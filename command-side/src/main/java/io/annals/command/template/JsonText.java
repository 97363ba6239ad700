package io.annals.command.template;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as Python's json module writes them, with keys in order. */
final class JsonText {
  private static final HexFormat HEX = HexFormat.of();

  private final Budget budget;
  private final StringBuilder json = new StringBuilder();
  private @Nullable String indention;

  JsonText(Budget budget) {
    this.budget = budget;
  }

  /** So that it may stand within HTML. */
  String forHtml(Object value, Object indent) {
    if (indent != Nothing.NONE) {
      String given = Values.textOf(indent);
      int spaces = given == null ? Math.max(0, Arguments.integer(indent)) : 0;
      budget.spendLength(spaces);
      indention = given == null ? " ".repeat(spaces) : given;
    }
    write(value, 0);
    return json.toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("'", "\\u0027");
  }

  private void write(Object value, int depth) {
    budget.spend(1);
    switch (value) {
      case Nothing ignored -> json.append("null");
      case Boolean flag -> json.append(flag);
      case BigInteger number -> json.append(number);
      case Double number -> json.append(number(number));
      case List<?> list -> writeItems(list, depth);
      case Tuple tuple -> writeItems(tuple.items(), depth);
      case Map<?, ?> map -> writeEntries(map, depth);
      default -> {
        String text = Values.textOf(value);
        if (text == null) {
          throw Failure.type(
              "Object of type " + Values.typeName(value) + " is not JSON serializable");
        }
        writeText(text);
      }
    }
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    return Texts.number(number);
  }

  private void writeItems(List<?> items, int depth) {
    json.append('[');
    Iterator<?> each = items.iterator();
    while (each.hasNext()) {
      newLine(depth + 1);
      write(each.next(), depth + 1);
      json.append(each.hasNext() ? separator() : "");
    }
    if (!items.isEmpty()) {
      newLine(depth);
    }
    json.append(']');
  }

  private void writeEntries(Map<?, ?> map, int depth) {
    json.append('{');
    Iterator<? extends Map.Entry<?, ?>> each =
        map.entrySet().stream()
            .sorted(Comparator.comparing(entry -> key(entry.getKey())))
            .iterator();
    while (each.hasNext()) {
      Map.Entry<?, ?> entry = each.next();
      newLine(depth + 1);
      writeText(key(entry.getKey()));
      json.append(": ");
      write(entry.getValue(), depth + 1);
      json.append(each.hasNext() ? separator() : "");
    }
    if (!map.isEmpty()) {
      newLine(depth);
    }
    json.append('}');
  }

  private static String key(Object key) {
    return switch (key) {
      case String text -> text;
      case Nothing ignored -> "null";
      case Boolean flag -> flag.toString();
      case BigInteger number -> number.toString();
      case Double number -> number(number);
      default ->
          throw Failure.type(
              "keys must be str, int, float, bool or None, not " + Values.typeName(key));
    };
  }

  private String separator() {
    return indention == null ? ", " : ",";
  }

  private void newLine(int depth) {
    if (indention != null) {
      budget.spendLength((long) indention.length() * depth);
      json.append('\n').append(indention.repeat(depth));
    }
  }

  private void writeText(String text) {
    budget.spendLength(text.length());
    json.append('"');
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      switch (character) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\f' -> json.append("\\f");
        case '\b' -> json.append("\\b");
        default -> {
          if (character >= ' ' && character <= '~') {
            json.append(character);
          } else {
            json.append("\\u").append(HEX.toHexDigits(character));
          }
        }
      }
    }
    json.append('"');
  }
}
