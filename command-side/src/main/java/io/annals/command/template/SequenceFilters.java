package io.annals.command.template;

import io.annals.command.schema.PythonText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Filters of what has items. */
final class SequenceFilters {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

  static final Map<String, Filter> BY_NAME =
      Map.ofEntries(
          Map.entry("attr", (at, value, given) -> attribute(at, value, given)),
          Map.entry("batch", SequenceFilters::batched),
          Map.entry("count", (at, value, given) -> length(at, value)),
          Map.entry("d", SequenceFilters::orDefault),
          Map.entry("default", SequenceFilters::orDefault),
          Map.entry("dictsort", SequenceFilters::sortedDict),
          Map.entry("first", SequenceFilters::first),
          Map.entry("groupby", SequenceFilters::grouped),
          Map.entry("items", SequenceFilters::pairs),
          Map.entry("join", SequenceFilters::joined),
          Map.entry("last", SequenceFilters::last),
          Map.entry("length", (at, value, given) -> length(at, value)),
          Map.entry("list", (at, value, given) -> new ArrayList<>(at.values().items(value))),
          Map.entry("map", SequenceFilters::mapped),
          Map.entry("max", (at, value, given) -> extreme(at, value, given, ">")),
          Map.entry("min", (at, value, given) -> extreme(at, value, given, "<")),
          Map.entry("random", SequenceFilters::random),
          Map.entry("reject", (at, value, given) -> selected(at, value, given, false, false)),
          Map.entry("rejectattr", (at, value, given) -> selected(at, value, given, true, false)),
          Map.entry("reverse", SequenceFilters::reversed),
          Map.entry("select", (at, value, given) -> selected(at, value, given, false, true)),
          Map.entry("selectattr", (at, value, given) -> selected(at, value, given, true, true)),
          Map.entry("slice", SequenceFilters::sliced),
          Map.entry("sort", SequenceFilters::sorted),
          Map.entry("sum", SequenceFilters::sum),
          Map.entry("unique", SequenceFilters::unique));

  private SequenceFilters() {}

  private static Object length(Evaluator at, Object value) {
    return BigInteger.valueOf(at.values().length(value));
  }

  private static Object orDefault(Evaluator at, Object value, Arguments given) {
    boolean isMissing =
        value instanceof Undefined || (given.flag(1, "boolean", false) && !Values.isTrue(value));
    return isMissing ? given.or(0, "default_value", "") : value;
  }

  private static Object attribute(Evaluator at, Object value, Arguments given) {
    String name = at.texts().text(given.required(0, "name"));
    return value instanceof Map<?, ?> map && map.containsKey(name)
        ? Members.missing(value, name)
        : at.members().attribute(value, name);
  }

  private static Object first(Evaluator at, Object value, Arguments given) {
    List<Object> items = at.values().items(value);
    return items.isEmpty()
        ? Undefined.because("No first item, sequence was empty.")
        : items.getFirst();
  }

  private static Object last(Evaluator at, Object value, Arguments given) {
    List<Object> items = at.values().items(value);
    return items.isEmpty()
        ? Undefined.because("No last item, sequence was empty.")
        : items.getLast();
  }

  private static Object random(Evaluator at, Object value, Arguments given) {
    List<Object> items = at.values().items(value);
    return items.isEmpty()
        ? Undefined.because("No random item, sequence was empty.")
        : items.get(ThreadLocalRandom.current().nextInt(items.size()));
  }

  private static Object reversed(Evaluator at, Object value, Arguments given) {
    String text = Values.textOf(value);
    if (text != null) {
      return new StringBuilder(text).reverse().toString();
    }
    if (at.values().itemsOrNull(value) == null) {
      throw Failure.argument("argument must be iterable");
    }
    return Stream.of(at.values().items(value).reversed());
  }

  private static Object pairs(Evaluator at, Object value, Arguments given) {
    if (value instanceof Undefined) {
      return Stream.of(List.of());
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw Failure.type("Can only get item pairs from a mapping.");
    }
    return Stream.of(at.members().entries(map));
  }

  private static Object joined(Evaluator at, Object value, Arguments given) {
    String separator = at.texts().text(given.or(0, "d", ""));
    UnaryOperator<Object> getter =
        given.has(1, "attribute") ? getter(at, given.required(1, "attribute")) : item -> item;
    StringBuilder joined = new StringBuilder();
    String before = "";
    for (Object item : at.values().items(value)) {
      joined.append(before).append(at.texts().text(getter.apply(item)));
      at.budget().spendLength(separator.length());
      before = separator;
    }
    return at.budget().text(joined.toString());
  }

  /** The value at a path such as {@code a.0.b}. */
  private static UnaryOperator<Object> getter(Evaluator at, Object path) {
    String text = Values.textOf(path);
    if (text == null) {
      return item -> at.members().item(item, path);
    }
    List<String> parts = List.of(text.split("\\.", -1));
    return item -> {
      Object found = item;
      for (String part : parts) {
        boolean isIndex = DIGITS.matcher(part).matches();
        found = at.members().item(found, isIndex ? new BigInteger(part) : part);
      }
      return found;
    };
  }

  /** What to compare items by. */
  private static UnaryOperator<Object> sortKey(Evaluator at, Object attribute, boolean exact) {
    if (attribute == Nothing.NONE) {
      return item -> exact ? item : lower(item);
    }
    String text = Values.textOf(attribute);
    List<UnaryOperator<Object>> getters =
        text == null
            ? List.of(getter(at, attribute))
            : List.of(text.split(",")).stream().map(each -> getter(at, each)).toList();
    return item ->
        new Tuple(
            getters.stream()
                .map(getter -> getter.apply(item))
                .map(key -> exact ? key : lower(key))
                .toList());
  }

  private static Object lower(Object value) {
    return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
  }

  private static List<Object> sorted(
      Evaluator at, List<Object> items, UnaryOperator<Object> key, boolean reverse) {
    record Keyed(Object key, Object item) {}
    Comparator<Keyed> order = (left, right) -> at.values().compare("<", left.key, right.key);
    return items.stream()
        .map(item -> new Keyed(key.apply(item), item))
        .sorted(reverse ? order.reversed() : order)
        .map(Keyed::item)
        .toList();
  }

  private static Object sorted(Evaluator at, Object value, Arguments given) {
    UnaryOperator<Object> key =
        sortKey(at, given.or(2, "attribute", Nothing.NONE), given.flag(1, "case_sensitive", false));
    return sorted(at, at.values().items(value), key, given.flag(0, "reverse", false));
  }

  private static Object sortedDict(Evaluator at, Object value, Arguments given) {
    String by = given.text(1, "by", "key");
    if (!by.equals("key") && !by.equals("value")) {
      throw Failure.argument("You can only sort by either \"key\" or \"value\"");
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw at.members().attribute(value, "items") instanceof Undefined undefined
          ? undefined.failure()
          : Failure.type("dictsort needs a mapping");
    }
    boolean exact = given.flag(0, "case_sensitive", false);
    UnaryOperator<Object> key =
        pair -> {
          Object found = ((Tuple) pair).items().get(by.equals("key") ? 0 : 1);
          return exact ? found : lower(found);
        };
    return sorted(at, at.members().entries(map), key, given.flag(2, "reverse", false));
  }

  private static Object unique(Evaluator at, Object value, Arguments given) {
    UnaryOperator<Object> getter =
        given.has(1, "attribute") ? getter(at, given.required(1, "attribute")) : item -> item;
    boolean exact = given.flag(0, "case_sensitive", false);
    Set<Object> seen = new LinkedHashSet<>();
    List<Object> unique = new ArrayList<>();
    for (Object item : at.values().items(value)) {
      Object key = getter.apply(item);
      if (seen.add(at.values().key(exact ? key : lower(key)))) {
        unique.add(item);
      }
    }
    return Stream.of(unique);
  }

  private static Object extreme(Evaluator at, Object value, Arguments given, String operator) {
    List<Object> items = at.values().items(value);
    if (items.isEmpty()) {
      return Undefined.because("No aggregated item, sequence was empty.");
    }
    UnaryOperator<Object> getter =
        given.has(1, "attribute") ? getter(at, given.required(1, "attribute")) : item -> item;
    boolean exact = given.flag(0, "case_sensitive", false);
    UnaryOperator<Object> key = item -> exact ? getter.apply(item) : lower(getter.apply(item));
    Object best = items.getFirst();
    for (Object item : items.subList(1, items.size())) {
      if (at.compares(operator, key.apply(item), key.apply(best))) {
        best = item;
      }
    }
    return best;
  }

  private static Object grouped(Evaluator at, Object value, Arguments given) {
    Object fallback = given.or(1, "default", Nothing.NONE);
    UnaryOperator<Object> getter = getter(at, given.required(0, "attribute"));
    boolean exact = given.flag(2, "case_sensitive", false);
    UnaryOperator<Object> own =
        item -> {
          Object found = getter.apply(item);
          return found instanceof Undefined && fallback != Nothing.NONE ? fallback : found;
        };
    UnaryOperator<Object> key = item -> exact ? own.apply(item) : lower(own.apply(item));
    List<Object> groups = new ArrayList<>();
    List<Object> members = new ArrayList<>();
    for (Object item : sorted(at, at.values().items(value), key, false)) {
      if (!members.isEmpty()
          && !at.values().equal(key.apply(members.getFirst()), key.apply(item))) {
        groups.add(Tuple.of(own.apply(members.getFirst()), members));
        members = new ArrayList<>();
      }
      members.add(item);
    }
    if (!members.isEmpty()) {
      groups.add(Tuple.of(own.apply(members.getFirst()), members));
    }
    return groups;
  }

  private static Object sum(Evaluator at, Object value, Arguments given) {
    UnaryOperator<Object> getter =
        given.has(0, "attribute") ? getter(at, given.required(0, "attribute")) : item -> item;
    Object sum = given.or(1, "start", BigInteger.ZERO);
    for (Object item : at.values().items(value)) {
      sum = at.arithmetic().apply("+", sum, getter.apply(item));
    }
    return sum;
  }

  private static Object mapped(Evaluator at, Object value, Arguments given) {
    UnaryOperator<Object> change;
    if (given.positional().isEmpty() && given.named().containsKey("attribute")) {
      Object fallback = given.named().getOrDefault("default", Nothing.NONE);
      UnaryOperator<Object> getter = getter(at, given.required(0, "attribute"));
      change =
          item -> {
            Object found = getter.apply(item);
            return found instanceof Undefined && fallback != Nothing.NONE ? fallback : found;
          };
    } else if (given.positional().isEmpty()) {
      throw Failure.argument("map requires a filter argument");
    } else {
      String name = at.texts().text(given.positional().getFirst());
      if (!Filters.BY_NAME.containsKey(name)) {
        throw new Failure(
            "TemplateRuntimeError", "No filter named " + PythonText.quoted(name) + ".");
      }
      change = item -> at.filtered(name, item, given.from(1));
    }
    List<Object> mapped = new ArrayList<>();
    for (Object item : at.values().items(value)) {
      mapped.add(change.apply(item));
    }
    return Stream.of(mapped);
  }

  private static Object selected(
      Evaluator at, Object value, Arguments given, boolean byAttribute, boolean wanted) {
    if (byAttribute && given.positional().isEmpty()) {
      throw Failure.argument("Missing parameter for attribute name");
    }
    int first = byAttribute ? 1 : 0;
    UnaryOperator<Object> getter =
        byAttribute ? getter(at, given.positional().getFirst()) : item -> item;
    boolean isTested = given.positional().size() > first;
    String test = isTested ? at.texts().text(given.positional().get(first)) : "";
    Arguments rest = given.from(first + 1);
    List<Object> selected = new ArrayList<>();
    for (Object item : at.values().items(value)) {
      Object looked = getter.apply(item);
      if ((isTested ? at.isSo(test, looked, rest) : Values.isTrue(looked)) == wanted) {
        selected.add(item);
      }
    }
    return Stream.of(selected);
  }

  private static Object batched(Evaluator at, Object value, Arguments given) {
    int size = Arguments.integer(given.required(0, "linecount"));
    List<Object> batches = new ArrayList<>();
    List<Object> batch = new ArrayList<>();
    for (Object item : at.values().items(value)) {
      if (batch.size() == size) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      if (given.has(1, "fill_with") && batch.size() < size) {
        at.budget().spendLength(size);
        batch.addAll(Collections.nCopies(size - batch.size(), given.required(1, "fill_with")));
      }
      batches.add(batch);
    }
    return Stream.of(batches);
  }

  private static Object sliced(Evaluator at, Object value, Arguments given) {
    int count = Arguments.integer(given.required(0, "slices"));
    if (count == 0) {
      throw new Failure("ZeroDivisionError", "integer division or modulo by zero");
    }
    List<Object> items = at.values().items(value);
    at.budget().spendLength(count);
    int size = Math.floorDiv(items.size(), count);
    int longer = Math.floorMod(items.size(), count);
    List<Object> slices = new ArrayList<>();
    int from = 0;
    for (int number = 0; number < count; number++) {
      int to = from + size + (number < longer ? 1 : 0);
      List<Object> slice = new ArrayList<>(items.subList(from, to));
      if (given.has(1, "fill_with") && number >= longer) {
        slice.add(given.required(1, "fill_with"));
      }
      slices.add(slice);
      from = to;
    }
    return Stream.of(slices);
  }
}
