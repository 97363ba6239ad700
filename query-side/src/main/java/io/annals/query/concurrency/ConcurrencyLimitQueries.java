package io.annals.query.concurrency;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads concurrency limits. */
public final class ConcurrencyLimitQueries {
  private static final String LIMITS =
      "SELECT " + ConcurrencyLimitView.COLUMNS + " FROM concurrency_limit_now WHERE %s";

  private final Database database;

  /** Reads from one database. */
  public ConcurrencyLimitQueries(Database database) {
    this.database = database;
  }

  /** One limit. */
  public Optional<ConcurrencyLimitView> byId(UUID limitId) {
    return database.lookup(LIMITS, Where.all().and("id = ?", limitId), ConcurrencyLimitView::read);
  }

  /** The limit of a name. */
  public Optional<ConcurrencyLimitView> byName(String name) {
    return database.lookup(LIMITS, Where.all().and("name = ?", name), ConcurrencyLimitView::read);
  }

  /** The limits of some names. */
  public List<ConcurrencyLimitView> byNames(List<String> names) {
    return database.lookupAll(
        LIMITS, Where.all().anyText("name", names), ConcurrencyLimitView::read);
  }

  /**
   * One page of limits, by name.
   *
   * @param prefix how their names begin; empty for all
   */
  public List<ConcurrencyLimitView> page(String prefix, int limit, long offset) {
    Where where = Where.all();
    if (!prefix.isEmpty()) {
      where.and("starts_with(name, ?)", prefix);
    }
    return database.page(LIMITS, where, "name", limit, offset, ConcurrencyLimitView::read);
  }
}
