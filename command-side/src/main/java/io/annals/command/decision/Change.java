package io.annals.command.decision;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One field of a partial update: left alone, or given a value that may be null. */
public sealed interface Change<T extends @Nullable Object> {
  /** The field keeps its value. */
  record None<T extends @Nullable Object>() implements Change<T> {}

  /** The field gets this value. */
  record To<T extends @Nullable Object>(T value) implements Change<T> {}

  /** Does something with the new value, if there is one. */
  default void ifGiven(Consumer<? super T> use) {
    if (this instanceof To<T> to) {
      use.accept(to.value());
    }
  }

  /** The new value, or the one that is there. */
  default T or(T current) {
    return this instanceof To<T>(T value) ? value : current;
  }

  /** Leaves a field alone. */
  static <T extends @Nullable Object> Change<T> none() {
    return new None<>();
  }

  /** Gives a field a value. */
  static <T extends @Nullable Object> Change<T> to(T value) {
    return new To<>(value);
  }
}
