package io.annals.app.job;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Goes through what a query finds, in the order of ids, and holds one page of it at a time. */
final class Pages<T> implements Iterator<T> {
  private final int limit;
  private final Query<T> query;
  private final Function<T, UUID> id;
  private List<T> page;
  private int next;

  /** One page: what comes after an id, null to begin, but not more than a limit. */
  interface Query<T> {
    List<T> after(@Nullable UUID id, int limit);
  }

  private Pages(int limit, Query<T> query, Function<T, UUID> id) {
    this.limit = limit;
    this.query = query;
    this.id = id;
    this.page = query.after(null, limit);
  }

  /** All that the query finds. A page is asked for when everything before it is done. */
  static <T> Iterable<T> of(int limit, Query<T> query, Function<T, UUID> id) {
    return () -> new Pages<>(limit, query, id);
  }

  @Override
  public boolean hasNext() {
    if (next > 0 && next == limit) {
      page = query.after(id.apply(page.getLast()), limit);
      next = 0;
    }
    return next < page.size();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.get(next++);
  }
}
