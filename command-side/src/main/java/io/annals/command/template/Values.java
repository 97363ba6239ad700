package io.annals.command.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds of all values. They are Java's: {@link BigInteger}, {@link Double}, {@link Boolean},
 * {@link String}, {@link List}, {@link Map}, and where Java has none, types of this package.
 */
final class Values {
  private final Budget budget;

  Values(Budget budget) {
    this.budget = budget;
  }

  static String typeName(Object value) {
    return switch (value) {
      case Nothing ignored -> "NoneType";
      case Boolean ignored -> "bool";
      case BigInteger ignored -> "int";
      case Double ignored -> "float";
      case String ignored -> "str";
      case Markup ignored -> "Markup";
      case List<?> ignored -> "list";
      case Tuple ignored -> "tuple";
      case Map<?, ?> ignored -> "dict";
      case Range ignored -> "range";
      case Stream stream -> stream.type();
      case Namespace ignored -> "Namespace";
      case Undefined ignored -> "ChainableUndefined";
      case Macro ignored -> "Macro";
      case Loop ignored -> "LoopContext";
      case Cycler ignored -> "Cycler";
      default -> "function";
    };
  }

  static boolean isTrue(Object value) {
    return switch (value) {
      case Nothing ignored -> false;
      case Undefined ignored -> false;
      case Boolean flag -> flag;
      case BigInteger number -> number.signum() != 0;
      case Double number -> number != 0;
      case String text -> !text.isEmpty();
      case Markup markup -> !markup.text().isEmpty();
      case List<?> list -> !list.isEmpty();
      case Tuple tuple -> !tuple.items().isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case Range range -> !range.items().isEmpty();
      case Stream stream -> !stream.isView() || !stream.items().isEmpty();
      default -> true;
    };
  }

  static @Nullable String textOf(Object value) {
    return switch (value) {
      case String text -> text;
      case Markup markup -> markup.text();
      default -> null;
    };
  }

  /** Python counts truth values among the integers. */
  static @Nullable BigInteger integerOf(Object value) {
    return switch (value) {
      case BigInteger number -> number;
      case Boolean flag -> flag ? BigInteger.ONE : BigInteger.ZERO;
      default -> null;
    };
  }

  static boolean isNumber(Object value) {
    return value instanceof Double || integerOf(value) != null;
  }

  static double doubleOf(Object number) {
    BigInteger integer = integerOf(number);
    double value = integer == null ? (Double) number : integer.doubleValue();
    if (integer != null && Double.isInfinite(value)) {
      throw new Failure("OverflowError", "int too large to convert to float");
    }
    return value;
  }

  /** The items of what can be walked through. */
  List<Object> items(Object value) {
    List<Object> items = itemsOrNull(value);
    if (items == null) {
      throw Failure.type("'" + typeName(value) + "' object is not iterable");
    }
    budget.spend(1 + items.size());
    return items;
  }

  /** The items of what has to have so many, such as a pair. */
  List<Object> items(Object value, int count) {
    if (itemsOrNull(value) == null) {
      throw Failure.type("cannot unpack non-iterable " + typeName(value) + " object");
    }
    List<Object> items = items(value);
    if (items.size() > count) {
      throw Failure.value("too many values to unpack (expected " + count + ")");
    }
    if (items.size() < count) {
      throw Failure.value(
          "not enough values to unpack (expected %d, got %d)".formatted(count, items.size()));
    }
    return items;
  }

  @SuppressWarnings("unchecked")
  @Nullable List<Object> itemsOrNull(Object value) {
    return switch (value) {
      case Undefined ignored -> List.of();
      case List<?> list -> (List<Object>) list;
      case Tuple tuple -> tuple.items();
      case Range range -> range.items();
      case Stream stream -> stream.items();
      case Map<?, ?> map -> new ArrayList<>(map.keySet());
      case String text -> characters(text);
      case Markup markup -> characters(markup.text());
      default -> null;
    };
  }

  private List<Object> characters(String text) {
    budget.spendLength(text.length());
    return text.codePoints().<Object>mapToObj(Character::toString).toList();
  }

  int length(Object value) {
    String text = textOf(value);
    if (text != null) {
      budget.spendLength(text.length());
      return text.codePointCount(0, text.length());
    }
    boolean isSized = !(value instanceof Stream stream) || stream.isView();
    List<Object> items = isSized ? itemsOrNull(value) : null;
    if (items == null) {
      throw Failure.type("object of type '" + typeName(value) + "' has no len()");
    }
    return items.size();
  }

  boolean equal(Object left, Object right) {
    budget.spend(1);
    if (isNumber(left) && isNumber(right)) {
      return compareNumbers(left, right) == 0;
    }
    String text = textOf(left);
    if (text != null) {
      return text.equals(textOf(right));
    }
    return switch (left) {
      case List<?> list -> right instanceof List<?> other && equalItems(list, other);
      case Tuple tuple -> right instanceof Tuple other && equalItems(tuple.items(), other.items());
      case Range range -> right instanceof Range other && equalItems(range.items(), other.items());
      case Map<?, ?> map -> right instanceof Map<?, ?> other && equalEntries(map, other);
      case Undefined ignored -> right instanceof Undefined;
      default -> left.equals(right);
    };
  }

  private boolean equalItems(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int index = 0; index < left.size(); index++) {
      if (!equal(left.get(index), right.get(index))) {
        return false;
      }
    }
    return true;
  }

  private boolean equalEntries(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      Object other = right.get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  /** Below zero, zero, above zero; both have an order among each other, or it fails. */
  int compare(String operator, Object left, Object right) {
    budget.spend(1);
    if (left instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (right instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (isNumber(left) && isNumber(right)) {
      return compareNumbers(left, right);
    }
    String text = textOf(left);
    String other = textOf(right);
    if (text != null && other != null) {
      return text.compareTo(other);
    }
    if (left instanceof List<?> list && right instanceof List<?> otherList) {
      return compareItems(operator, list, otherList);
    }
    if (left instanceof Tuple(var items) && right instanceof Tuple(var otherItems)) {
      return compareItems(operator, items, otherItems);
    }
    throw Failure.type(
        "'%s' not supported between instances of '%s' and '%s'"
            .formatted(operator, typeName(left), typeName(right)));
  }

  private int compareItems(String operator, List<?> left, List<?> right) {
    for (int index = 0; index < Math.min(left.size(), right.size()); index++) {
      if (!equal(left.get(index), right.get(index))) {
        return compare(operator, left.get(index), right.get(index));
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int compareNumbers(Object left, Object right) {
    BigInteger integer = integerOf(left);
    BigInteger other = integerOf(right);
    if (integer != null && other != null) {
      return integer.compareTo(other);
    }
    double leftDouble = integer == null ? (Double) left : integer.doubleValue();
    double rightDouble = other == null ? (Double) right : other.doubleValue();
    if (Double.isFinite(leftDouble) && Double.isFinite(rightDouble)) {
      return exact(integer, leftDouble).compareTo(exact(other, rightDouble));
    }
    return Double.compare(leftDouble, rightDouble);
  }

  private static BigDecimal exact(@Nullable BigInteger integer, double number) {
    return integer == null ? new BigDecimal(number) : new BigDecimal(integer);
  }

  boolean contains(Object container, Object wanted) {
    String text = textOf(container);
    if (text != null) {
      String part = textOf(wanted);
      if (part == null) {
        throw Failure.type(
            "'in <string>' requires string as left operand, not " + typeName(wanted));
      }
      budget.spendLength(text.length());
      return text.contains(part);
    }
    if (container instanceof Map<?, ?> map) {
      return map.containsKey(key(wanted));
    }
    List<Object> items = itemsOrNull(container);
    if (items == null) {
      throw Failure.type("argument of type '" + typeName(container) + "' is not iterable");
    }
    for (Object item : items) {
      if (equal(item, wanted)) {
        return true;
      }
    }
    return false;
  }

  /** A value as the key of a map: equal ones are the same key, whatever their type. */
  Object key(Object value) {
    budget.spend(1);
    return switch (value) {
      case List<?> ignored -> throw unhashable(value);
      case Map<?, ?> ignored -> throw unhashable(value);
      case Markup markup -> markup.text();
      case Tuple tuple -> new Tuple(tuple.items().stream().map(this::key).toList());
      case Double number when number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE ->
          BigInteger.valueOf(number.longValue());
      default -> value;
    };
  }

  private static Failure unhashable(Object value) {
    return Failure.type("unhashable type: '" + typeName(value) + "'");
  }
}
