package io.annals.command.template;

import io.annals.command.schema.PythonText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes and items. Only what is listed here can be reached: no value leads to Java, and what
 * would change a value in Python's hands is unsafe.
 */
final class Members {
  private static final Set<String> CHANGING_LISTS =
      Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");
  private static final Set<String> CHANGING_MAPS =
      Set.of("clear", "pop", "popitem", "setdefault", "update");

  private final Budget budget;
  private final Values values;
  private final TextMethods textMethods;

  Members(Budget budget, Values values, Texts texts) {
    this.budget = budget;
    this.values = values;
    this.textMethods = new TextMethods(budget, values, texts, this);
  }

  /** {@code of.name}: what Python's object has, else what it contains. */
  Object attribute(Object of, String name) {
    if (of instanceof Undefined) {
      return of;
    }
    Object own = own(of, name);
    if (own != null) {
      return own;
    }
    Object contained = of instanceof Map<?, ?> map ? map.get(name) : null;
    return contained == null ? missing(of, name) : contained;
  }

  /** {@code of[key]}: what it contains, else what Python's object has. */
  Object item(Object of, Object key) {
    if (of instanceof Undefined) {
      return of;
    }
    Object contained = contained(of, key);
    if (contained != null) {
      return contained;
    }
    Object own = key instanceof String name ? own(of, name) : null;
    return own == null ? missing(of, key) : own;
  }

  private @Nullable Object contained(Object of, Object key) {
    budget.spend(1);
    if (of instanceof Map<?, ?> map) {
      boolean isKey = !(key instanceof List<?> || key instanceof Map<?, ?>);
      return isKey ? map.get(values.key(key)) : null;
    }
    BigInteger index = Values.integerOf(key);
    if (index == null || of instanceof Stream) {
      return null;
    }
    List<Object> items = values.itemsOrNull(of);
    if (items == null) {
      return null;
    }
    int at = Arguments.integer(index);
    int place = at < 0 ? items.size() + at : at;
    return place < 0 || place >= items.size() ? null : items.get(place);
  }

  private @Nullable Object own(Object of, String name) {
    if (isUnsafe(of, name)) {
      return new Undefined(
          "SecurityError",
          "access to attribute %s of %s object is unsafe."
              .formatted(PythonText.quoted(name), PythonText.quoted(Values.typeName(of))));
    }
    return switch (of) {
      case String text -> textMethods.of(text, name);
      case Markup markup -> textMethods.of(markup.text(), name);
      case List<?> list -> sequenceMethod(list, name);
      case Tuple tuple -> sequenceMethod(tuple.items(), name);
      case Map<?, ?> map -> mapMethod(map, name);
      case Namespace namespace -> namespace.fields().get(name);
      case Loop loop -> loop.attribute(name);
      case Cycler cycler -> cycler.attribute(name);
      case Macro macro when name.equals("name") -> macro.name();
      case Double number when name.equals("is_integer") ->
          (Callee) arguments -> number == Math.rint(number);
      default -> null;
    };
  }

  private static boolean isUnsafe(Object of, String name) {
    return (name.startsWith("__") && name.endsWith("__"))
        || (of instanceof List<?> && CHANGING_LISTS.contains(name))
        || (of instanceof Map<?, ?> && CHANGING_MAPS.contains(name));
  }

  private @Nullable Callee sequenceMethod(List<?> items, String name) {
    return switch (name) {
      case "count" ->
          arguments -> {
            Object wanted = arguments.required(0, "value");
            return BigInteger.valueOf(
                items.stream().filter(item -> values.equal(item, wanted)).count());
          };
      case "index" ->
          arguments -> {
            Object wanted = arguments.required(0, "value");
            for (int index = 0; index < items.size(); index++) {
              if (values.equal(items.get(index), wanted)) {
                return BigInteger.valueOf(index);
              }
            }
            throw Failure.value("the value is not in the sequence");
          };
      case "copy" -> arguments -> items;
      default -> null;
    };
  }

  private @Nullable Callee mapMethod(Map<?, ?> map, String name) {
    return switch (name) {
      case "items" -> arguments -> new Stream("dict_items", true, entries(map));
      case "keys" -> arguments -> new Stream("dict_keys", true, new ArrayList<>(map.keySet()));
      case "values" -> arguments -> new Stream("dict_values", true, new ArrayList<>(map.values()));
      case "copy" -> arguments -> map;
      case "get" ->
          arguments -> {
            Object value = map.get(values.key(arguments.required(0, "key")));
            return value == null ? arguments.or(1, "default", Nothing.NONE) : value;
          };
      default -> null;
    };
  }

  List<Object> entries(Map<?, ?> map) {
    budget.spend(map.size());
    List<Object> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(Tuple.of(key, value)));
    return entries;
  }

  static Undefined missing(Object of, Object name) {
    String object = of == Nothing.NONE ? "None" : qualified(of) + " object";
    return Undefined.because(
        name instanceof String text
            ? PythonText.quoted(object) + " has no attribute " + PythonText.quoted(text)
            : object + " has no element " + new Texts(new Budget()).shown(name));
  }

  private static String qualified(Object of) {
    return switch (of) {
      case Namespace ignored -> "jinja2.utils.Namespace";
      case Loop ignored -> "jinja2.runtime.LoopContext";
      case Macro ignored -> "jinja2.runtime.Macro";
      case Cycler ignored -> "jinja2.utils.Cycler";
      case Markup ignored -> "markupsafe.Markup";
      default -> Values.typeName(of);
    };
  }

  /** Python's slice of a text, a list or a tuple; undefined of anything else. */
  Object slice(Object of, Object from, Object to, Object step) {
    if (of instanceof Undefined) {
      return of;
    }
    List<Object> items =
        of instanceof Stream || of instanceof Map<?, ?> ? null : values.itemsOrNull(of);
    if (items == null) {
      return missing(of, "slice");
    }
    List<Object> cut = cut(items, from, to, step);
    return switch (of) {
      case String ignored -> String.join("", cut.stream().map(Object::toString).toList());
      case Markup ignored ->
          new Markup(String.join("", cut.stream().map(Object::toString).toList()));
      case Tuple ignored -> new Tuple(cut);
      default -> cut;
    };
  }

  private List<Object> cut(List<Object> items, Object from, Object to, Object step) {
    budget.spend(items.size());
    int stride = step == Nothing.NONE ? 1 : Arguments.integer(step);
    if (stride == 0) {
      throw Failure.value("slice step cannot be zero");
    }
    int size = items.size();
    boolean isForward = stride > 0;
    int least = isForward ? 0 : -1;
    int greatest = isForward ? size : size - 1;
    int first = bound(from, isForward ? least : greatest, size, least, greatest);
    int end = bound(to, isForward ? greatest : least, size, least, greatest);
    List<Object> cut = new ArrayList<>();
    for (long at = first; isForward ? at < end : at > end; at += stride) {
      cut.add(items.get((int) at));
    }
    return cut;
  }

  private static int bound(Object given, int otherwise, int size, int least, int greatest) {
    if (given == Nothing.NONE) {
      return otherwise;
    }
    int at = Arguments.integer(given);
    return Math.clamp(at < 0 ? (long) at + size : at, least, greatest);
  }
}
