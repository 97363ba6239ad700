package io.annals.command.template;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a loop tells of itself. */
final class Loop {
  private final List<Object> items;
  private final int depth;
  private final @Nullable Callee recursion;
  private final Values values;
  private int index;
  private @Nullable List<Object> lastSeen;

  Loop(List<Object> items, int depth, @Nullable Callee recursion, Values values) {
    this.items = items;
    this.depth = depth;
    this.recursion = recursion;
    this.values = values;
  }

  void at(int round) {
    index = round;
  }

  int depth() {
    return depth;
  }

  String shown() {
    return "<LoopContext " + (index + 1) + "/" + items.size() + ">";
  }

  Object recurse(Arguments arguments) {
    if (recursion == null) {
      throw Failure.type("The loop must have the 'recursive' marker to be called recursively.");
    }
    return recursion.call(arguments);
  }

  @Nullable Object attribute(String name) {
    return switch (name) {
      case "index" -> number(index + 1);
      case "index0" -> number(index);
      case "revindex" -> number(items.size() - index);
      case "revindex0" -> number(items.size() - index - 1);
      case "first" -> index == 0;
      case "last" -> index == items.size() - 1;
      case "length" -> number(items.size());
      case "depth" -> number(depth + 1);
      case "depth0" -> number(depth);
      case "previtem" ->
          index == 0 ? Undefined.because("there is no previous item") : items.get(index - 1);
      case "nextitem" ->
          index == items.size() - 1
              ? Undefined.because("there is no next item")
              : items.get(index + 1);
      case "cycle" -> (Callee) this::cycle;
      case "changed" -> (Callee) this::changed;
      default -> null;
    };
  }

  private Object cycle(Arguments arguments) {
    List<Object> given = arguments.positional();
    if (given.isEmpty()) {
      throw Failure.type("no items for cycling given");
    }
    return given.get(index % given.size());
  }

  private Object changed(Arguments arguments) {
    List<Object> seen = arguments.positional();
    boolean isChanged = lastSeen == null || !values.equal(lastSeen, seen);
    lastSeen = seen;
    return isChanged;
  }

  private static Object number(int value) {
    return BigInteger.valueOf(value);
  }
}
