package io.annals.query.request;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A component of a PATCH body, which changes only what is sent. */
public sealed interface Patch<T extends @Nullable Object> {
  /** The key was not sent: keep what is there. */
  record Absent<T extends @Nullable Object>() implements Patch<T> {}

  /** The key was sent, perhaps with null. */
  record Given<T extends @Nullable Object>(T value) implements Patch<T> {}

  /** Does something with the value if the key was sent. */
  default void ifGiven(Consumer<? super T> action) {
    if (this instanceof Given<T>(T value)) {
      action.accept(value);
    }
  }

  /** The value sent, or the one that is there. */
  default T or(T current) {
    return this instanceof Given<T>(T value) ? value : current;
  }
}
