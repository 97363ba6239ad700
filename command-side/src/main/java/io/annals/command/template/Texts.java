package io.annals.command.template;

import io.annals.command.schema.PythonText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Values as Python writes them. */
final class Texts {
  /** Python writes an exponent for numbers below 1e-4 and from 1e16 on. */
  private static final int LEAST_PLAIN_EXPONENT = -4;

  private static final int FIRST_LARGE_EXPONENT = 16;

  private final Budget budget;

  Texts(Budget budget) {
    this.budget = budget;
  }

  /** Python's {@code str}. */
  String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Markup markup -> markup.text();
      case Undefined ignored -> "";
      default -> shown(value);
    };
  }

  /** Python's {@code repr}. */
  String shown(Object value) {
    StringBuilder shown = new StringBuilder();
    show(value, shown);
    return shown.toString();
  }

  private void show(Object value, StringBuilder shown) {
    budget.spend(1);
    switch (value) {
      case Nothing ignored -> shown.append("None");
      case Boolean flag -> shown.append(flag ? "True" : "False");
      case Double number -> shown.append(number(number));
      case String text -> shown.append(budget.text(PythonText.quoted(text)));
      case Markup(String text) ->
          shown.append("Markup(").append(budget.text(PythonText.quoted(text))).append(')');
      case List<?> list -> showItems("[", list, "]", shown);
      case Tuple(var items) -> showItems("(", items, items.size() == 1 ? ",)" : ")", shown);
      case Map<?, ?> map -> showMap(map, shown);
      case Range range -> shown.append(range.shown());
      case Stream stream when stream.isView() -> {
        shown.append(stream.type()).append('(');
        showItems("[", stream.items(), "]", shown);
        shown.append(')');
      }
      case Undefined ignored -> shown.append("Undefined");
      case Namespace namespace -> {
        shown.append("<Namespace ");
        showMap(namespace.fields(), shown);
        shown.append('>');
      }
      case Macro macro ->
          shown.append("<Macro ").append(PythonText.quoted(macro.name())).append('>');
      case Loop loop -> shown.append(loop.shown());
      case java.math.BigInteger number -> shown.append(budget.text(number.toString()));
      default -> shown.append('<').append(Values.typeName(value)).append(" object>");
    }
  }

  private void showItems(String before, List<?> items, String after, StringBuilder shown) {
    shown.append(before);
    String separator = "";
    for (Object item : items) {
      shown.append(separator);
      show(item, shown);
      separator = ", ";
    }
    shown.append(after);
  }

  private void showMap(Map<?, ?> map, StringBuilder shown) {
    shown.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      shown.append(separator);
      show(entry.getKey(), shown);
      shown.append(": ");
      show(entry.getValue(), shown);
      separator = ", ";
    }
    shown.append('}');
  }

  /** The fewest digits that mean this number, as Python's {@code repr} lays them out. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return Double.toString(value);
    }
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
