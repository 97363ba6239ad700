package io.annals.query.workpool;

import io.annals.query.request.Default;
import io.annals.query.sql.AnyIdFilter;
import io.annals.query.sql.AnyTextFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.Where;
import org.jspecify.annotations.Nullable;

/** Conditions on work pools. */
public record WorkPoolFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable AnyIdFilter id,
    @Nullable AnyTextFilter name,
    @Nullable AnyTextFilter type) {
  /** These conditions on the columns of table {@code work_pool}. */
  public Where where() {
    Where where = Where.joinedBy(operator);
    if (id != null) {
      id.addTo(where, "work_pool.id");
    }
    if (name != null) {
      name.addTo(where, "work_pool.name");
    }
    if (type != null) {
      type.addTo(where, "work_pool.type");
    }
    return where;
  }
}
