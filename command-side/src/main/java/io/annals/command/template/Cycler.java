package io.annals.command.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers its items in turn. */
final class Cycler {
  private final List<Object> items;
  private int position;

  Cycler(List<Object> items) {
    this.items = items;
  }

  @Nullable Object attribute(String name) {
    return switch (name) {
      case "current" -> items.get(position);
      case "next" ->
          (Callee)
              arguments -> {
                Object item = items.get(position);
                position = (position + 1) % items.size();
                return item;
              };
      case "reset" ->
          (Callee)
              arguments -> {
                position = 0;
                return Nothing.NONE;
              };
      default -> null;
    };
  }
}
