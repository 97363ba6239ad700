package io.annals.query.workpool;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads work pools. */
public final class WorkPoolQueries {
  private static final String POOLS = "SELECT " + WorkPoolView.COLUMNS + " FROM work_pool WHERE %s";
  private static final String COUNT = "SELECT count(*) FROM work_pool WHERE %s";

  private final Database database;

  /** Reads from one database. */
  public WorkPoolQueries(Database database) {
    this.database = database;
  }

  /** One pool. */
  public Optional<WorkPoolView> byId(UUID workPoolId) {
    return database.lookup(
        POOLS, Where.all().and("work_pool.id = ?", workPoolId), WorkPoolView::read);
  }

  /** The pool of a name. */
  public Optional<WorkPoolView> byName(String name) {
    return database.lookup(POOLS, Where.all().and("work_pool.name = ?", name), WorkPoolView::read);
  }

  /** One page of pools by name. */
  public List<WorkPoolView> page(@Nullable WorkPoolFilter filter, int limit, long offset) {
    return database.page(POOLS, where(filter), "work_pool.name", limit, offset, WorkPoolView::read);
  }

  /** How many pools there are. */
  public long count(@Nullable WorkPoolFilter filter) {
    return database.count(COUNT, where(filter));
  }

  private static Where where(@Nullable WorkPoolFilter filter) {
    return filter == null ? Where.all() : filter.where();
  }
}
