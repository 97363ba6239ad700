package io.annals.command.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What every template can call. */
final class Globals {
  /** As in Prefect. */
  static final int MAX_TEMPLATE_RANGE = 100;

  /** A function that needs to know how values behave. */
  @FunctionalInterface
  interface Function {
    Object call(Evaluator evaluator, Arguments arguments);
  }

  static final Map<String, Function> BY_NAME =
      Map.of(
          "range", Globals::range,
          "dict", Globals::dict,
          "namespace", (at, given) -> new Namespace(fields(at, given)),
          "cycler", Globals::cycler,
          "joiner", Globals::joiner);

  private Globals() {}

  private static Object range(Evaluator at, Arguments given) {
    List<Object> numbers = given.positional();
    if (numbers.isEmpty()) {
      throw Failure.type("range expected at least 1 argument, got 0");
    }
    for (Object number : numbers) {
      Arguments.integer(number);
    }
    BigInteger start = numbers.size() == 1 ? BigInteger.ZERO : integer(numbers.get(0));
    BigInteger stop = integer(numbers.get(numbers.size() == 1 ? 0 : 1));
    BigInteger step = numbers.size() > 2 ? integer(numbers.get(2)) : BigInteger.ONE;
    if (step.signum() == 0) {
      throw Failure.value("range() arg 3 must not be zero");
    }
    List<Object> items = new ArrayList<>();
    for (BigInteger at0 = start;
        step.signum() > 0 ? at0.compareTo(stop) < 0 : at0.compareTo(stop) > 0;
        at0 = at0.add(step)) {
      if (items.size() >= MAX_TEMPLATE_RANGE) {
        throw new Failure(
            "OverflowError",
            "Range too big. The sandbox blocks ranges larger than MAX_TEMPLATE_RANGE=%d."
                .formatted(MAX_TEMPLATE_RANGE));
      }
      items.add(at0);
    }
    String shown =
        "range(" + start + ", " + stop + (step.equals(BigInteger.ONE) ? "" : ", " + step);
    return new Range(shown + ")", items);
  }

  private static BigInteger integer(Object value) {
    BigInteger integer = Values.integerOf(value);
    return integer == null ? BigInteger.ZERO : integer;
  }

  private static Map<Object, Object> dict(Evaluator at, Arguments given) {
    Map<Object, Object> dict = new LinkedHashMap<>();
    if (!given.positional().isEmpty()) {
      Object first = given.positional().getFirst();
      List<Object> pairs =
          first instanceof Map<?, ?> map ? at.members().entries(map) : at.values().items(first);
      for (Object pair : pairs) {
        List<Object> items = at.values().items(pair);
        if (items.size() != 2) {
          throw Failure.value(
              "dictionary update sequence element #%d has length %d; 2 is required"
                  .formatted(dict.size(), items.size()));
        }
        dict.put(at.values().key(items.get(0)), items.get(1));
      }
    }
    dict.putAll(given.named());
    return dict;
  }

  private static Map<String, Object> fields(Evaluator at, Arguments given) {
    Map<String, Object> fields = new LinkedHashMap<>();
    dict(at, given).forEach((name, value) -> fields.put(at.texts().text(name), value));
    return fields;
  }

  private static Object cycler(Evaluator at, Arguments given) {
    if (given.positional().isEmpty()) {
      throw new Failure("RuntimeError", "at least one item has to be provided");
    }
    return new Cycler(given.positional());
  }

  private static Object joiner(Evaluator at, Arguments given) {
    String separator = at.texts().text(given.or(0, "sep", ", "));
    AtomicBoolean isUsed = new AtomicBoolean();
    return (Callee) arguments -> isUsed.getAndSet(true) ? separator : "";
  }
}
