package io.annals.command.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What something is called with. */
record Arguments(List<Object> positional, Map<String, Object> named) {
  static final Arguments NOTHING = new Arguments(List.of(), Map.of());

  /** The argument at a place or of a name; null when it is not given. */
  @Nullable Object at(int index, String name) {
    return index < positional.size() ? positional.get(index) : named.get(name);
  }

  Object or(int index, String name, Object otherwise) {
    Object given = at(index, name);
    return given == null ? otherwise : given;
  }

  Object required(int index, String name) {
    Object given = at(index, name);
    if (given == null) {
      throw Failure.type("missing 1 required positional argument: '" + name + "'");
    }
    return given;
  }

  String text(int index, String name, String otherwise) {
    Object given = at(index, name);
    if (given == null) {
      return otherwise;
    }
    String text = Values.textOf(given);
    if (text == null) {
      throw Failure.type(Values.typeName(given) + " given for " + name + ", str is needed");
    }
    return text;
  }

  int integer(int index, String name, int otherwise) {
    Object given = at(index, name);
    return given == null ? otherwise : integer(given);
  }

  /** An integer that counts characters or items; those beyond all limits are all alike. */
  static int integer(Object given) {
    BigInteger number = Values.integerOf(given);
    if (number == null) {
      throw Failure.type(
          "'" + Values.typeName(given) + "' object cannot be interpreted as an integer");
    }
    BigInteger limit = BigInteger.valueOf(Integer.MAX_VALUE);
    return number.min(limit).max(limit.negate()).intValue();
  }

  boolean flag(int index, String name, boolean otherwise) {
    Object given = at(index, name);
    return given == null ? otherwise : Values.isTrue(given);
  }

  boolean has(int index, String name) {
    Object given = at(index, name);
    return given != null && given != Nothing.NONE;
  }

  Arguments from(int first) {
    return new Arguments(
        positional.subList(Math.min(first, positional.size()), positional.size()), named);
  }
}
