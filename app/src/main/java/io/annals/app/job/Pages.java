package io.annals.app.job;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Goes through what a query finds, page by page in the order of ids. */
final class Pages {
  private Pages() {}

  /** One page: what comes after an id, null to begin, but not more than a limit. */
  interface Query<T> {
    List<T> after(@Nullable UUID id, int limit);
  }

  static <T> void each(int limit, Query<T> query, Function<T, UUID> id, Consumer<List<T>> work) {
    List<T> page = query.after(null, limit);
    while (!page.isEmpty()) {
      work.accept(page);
      page = page.size() < limit ? List.of() : query.after(id.apply(page.getLast()), limit);
    }
  }
}
