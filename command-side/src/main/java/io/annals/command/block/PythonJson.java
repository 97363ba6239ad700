package io.annals.command.block;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import tools.jackson.databind.JsonNode;

/**
 * JSON exactly as Python's {@code json.dumps(value, sort_keys=True)} writes it: checksums that
 * clients compute are taken over this text.
 */
final class PythonJson {
  /** Python writes an exponent for numbers below 1e-4 and from 1e16 on. */
  private static final int LEAST_PLAIN_EXPONENT = -4;

  private static final int FIRST_LARGE_EXPONENT = 16;

  private static final HexFormat HEX = HexFormat.of();

  /** Python orders texts by code points, Java by UTF-16 units. */
  private static final Comparator<String> BY_CODE_POINTS =
      (left, right) -> {
        PrimitiveIterator.OfInt lefts = left.codePoints().iterator();
        PrimitiveIterator.OfInt rights = right.codePoints().iterator();
        while (lefts.hasNext() && rights.hasNext()) {
          int order = Integer.compare(lefts.nextInt(), rights.nextInt());
          if (order != 0) {
            return order;
          }
        }
        return Boolean.compare(lefts.hasNext(), rights.hasNext());
      };

  private PythonJson() {}

  /** The text of a value. */
  static String text(JsonNode value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(JsonNode value, StringBuilder text) {
    switch (value.getNodeType()) {
      case OBJECT -> writeObject(value, text);
      case ARRAY -> writeArray(value, text);
      case STRING -> writeText(value.asString(), text);
      case NUMBER -> text.append(number(value));
      default -> text.append(value); // true, false and null are written alike
    }
  }

  private static void writeObject(JsonNode object, StringBuilder text) {
    List<Map.Entry<String, JsonNode>> entries =
        object.properties().stream()
            .sorted(Map.Entry.<String, JsonNode>comparingByKey(BY_CODE_POINTS))
            .toList();
    text.append('{');
    String separator = "";
    for (Map.Entry<String, JsonNode> entry : entries) {
      text.append(separator);
      writeText(entry.getKey(), text);
      text.append(": ");
      write(entry.getValue(), text);
      separator = ", ";
    }
    text.append('}');
  }

  private static void writeArray(JsonNode array, StringBuilder text) {
    text.append('[');
    String separator = "";
    for (JsonNode item : array) {
      text.append(separator);
      write(item, text);
      separator = ", ";
    }
    text.append(']');
  }

  private static void writeText(String value, StringBuilder text) {
    text.append('"');
    for (int index = 0; index < value.length(); index++) {
      char character = value.charAt(index);
      switch (character) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\f' -> text.append("\\f");
        case '\b' -> text.append("\\b");
        default -> {
          if (character >= ' ' && character <= '~') {
            text.append(character);
          } else {
            text.append("\\u").append(HEX.toHexDigits(character));
          }
        }
      }
    }
    text.append('"');
  }

  private static String number(JsonNode number) {
    if (number.isIntegralNumber()) {
      return number.bigIntegerValue().toString();
    }
    double value =
        number.isBigDecimal() ? number.decimalValue().doubleValue() : number.doubleValue();
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return value == 0 ? Double.toString(value) : shortest(value);
  }

  /** The fewest digits that mean this number, as Python's {@code repr} lays them out. */
  private static String shortest(double value) {
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent < LEAST_PLAIN_EXPONENT || exponent >= FIRST_LARGE_EXPONENT) {
      BigDecimal mantissa = exact.movePointLeft(exponent).stripTrailingZeros();
      return "%se%s%02d"
          .formatted(mantissa.toPlainString(), exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
    String plain = exact.toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }
}
