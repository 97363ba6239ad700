package io.annals.query.sql;

import java.util.List;

/** One page of a list, as the paginate routes answer. */
public record Page<T>(List<T> results, long count, int limit, int pages, int page) {
  /** The page with its number of pages worked out; none for a limit of 0. */
  public static <T> Page<T> of(List<T> results, long count, int limit, int page) {
    int pages = limit == 0 ? 0 : Math.toIntExact((count + limit - 1) / limit);
    return new Page<>(results, count, limit, pages, page);
  }
}
