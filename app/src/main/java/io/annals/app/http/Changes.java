package io.annals.app.http;

import io.annals.command.decision.Change;
import io.annals.query.request.Patch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a PATCH body asks for, in the words of commands. */
final class Changes {
  private Changes() {}

  static <T extends @Nullable Object> Change<T> of(Patch<T> patch) {
    return of(patch, Function.identity());
  }

  static <T extends @Nullable Object, R extends @Nullable Object> Change<R> of(
      Patch<T> patch, Function<? super T, ? extends R> meaning) {
    return patch instanceof Patch.Given<T>(T value)
        ? Change.to(meaning.apply(value))
        : Change.none();
  }
}
