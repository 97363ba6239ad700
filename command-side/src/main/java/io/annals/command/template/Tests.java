package io.annals.command.template;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What stands behind {@code is}, by the names that templates use. */
final class Tests {
  /** Whether something holds of a value. */
  @FunctionalInterface
  interface Test {
    boolean holds(Evaluator evaluator, Object value, Arguments arguments);
  }

  static final Map<String, Test> BY_NAME = all();

  private Tests() {}

  private static Map<String, Test> all() {
    Map<String, Test> all = new HashMap<>();
    kinds(all);
    comparisons(all);
    all.put("odd", (at, value, given) -> Values.isTrue(rest(at, value, BigInteger.TWO)));
    all.put("even", (at, value, given) -> !Values.isTrue(rest(at, value, BigInteger.TWO)));
    all.put(
        "divisibleby",
        (at, value, given) -> !Values.isTrue(rest(at, value, given.required(0, "num"))));
    all.put("lower", (at, value, given) -> TextMethods.isLower(at.texts().text(value)));
    all.put("upper", (at, value, given) -> TextMethods.isUpper(at.texts().text(value)));
    all.put("filter", (at, value, given) -> Filters.BY_NAME.containsKey(at.texts().text(value)));
    all.put("test", (at, value, given) -> isKnown(at.texts().text(value)));
    return Map.copyOf(all);
  }

  private static boolean isKnown(String name) {
    return BY_NAME.containsKey(name);
  }

  private static Object rest(Evaluator at, Object value, Object divisor) {
    return at.arithmetic().apply("%", value, divisor);
  }

  private static void kinds(Map<String, Test> all) {
    all.put("defined", (at, value, given) -> !(value instanceof Undefined));
    all.put("undefined", (at, value, given) -> value instanceof Undefined);
    all.put("none", (at, value, given) -> value == Nothing.NONE);
    all.put("boolean", (at, value, given) -> value instanceof Boolean);
    all.put("true", (at, value, given) -> Boolean.TRUE.equals(value));
    all.put("false", (at, value, given) -> Boolean.FALSE.equals(value));
    all.put("integer", (at, value, given) -> value instanceof BigInteger);
    all.put("float", (at, value, given) -> value instanceof Double);
    all.put("number", (at, value, given) -> Values.isNumber(value));
    all.put("string", (at, value, given) -> Values.textOf(value) != null);
    all.put("mapping", (at, value, given) -> value instanceof Map<?, ?>);
    all.put("sequence", (at, value, given) -> isSequence(value));
    all.put("iterable", (at, value, given) -> at.values().itemsOrNull(value) != null);
    all.put("escaped", (at, value, given) -> value instanceof Markup || value instanceof Undefined);
    all.put(
        "callable",
        (at, value, given) ->
            value instanceof Callee
                || value instanceof Globals.Function
                || value instanceof Loop
                || value instanceof Undefined);
  }

  private static boolean isSequence(Object value) {
    return value instanceof List<?>
        || value instanceof Tuple
        || value instanceof Map<?, ?>
        || value instanceof Range
        || value instanceof Undefined
        || Values.textOf(value) != null;
  }

  private static void comparisons(Map<String, Test> all) {
    all.put("sameas", (at, value, given) -> isSame(value, given.required(0, "other")));
    all.put("in", (at, value, given) -> at.compares("in", value, given.required(0, "seq")));
    Map<String, List<String>> names =
        Map.of(
            "==", List.of("==", "eq", "equalto"),
            "!=", List.of("!=", "ne"),
            ">", List.of(">", "gt", "greaterthan"),
            ">=", List.of(">=", "ge"),
            "<", List.of("<", "lt", "lessthan"),
            "<=", List.of("<=", "le"));
    names.forEach(
        (operator, spellings) ->
            spellings.forEach(
                name ->
                    all.put(
                        name,
                        (at, value, given) ->
                            at.compares(operator, value, given.required(0, "other")))));
  }

  /** Python has equal literals once only; lists and the like are each their own. */
  @SuppressWarnings("ReferenceEquality") // which is what is asked for
  private static boolean isSame(Object value, Object other) {
    boolean isLiteral =
        value instanceof BigInteger || value instanceof String || value instanceof Boolean;
    return isLiteral ? value.equals(other) : value == other;
  }
}
