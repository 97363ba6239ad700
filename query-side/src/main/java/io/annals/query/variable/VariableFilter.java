package io.annals.query.variable;

import io.annals.query.request.Default;
import io.annals.query.sql.AnyIdFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.NameFilter;
import io.annals.query.sql.TagsFilter;
import io.annals.query.sql.Where;
import org.jspecify.annotations.Nullable;

/** Conditions on variables. */
public record VariableFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable AnyIdFilter id,
    @Nullable NameFilter name,
    @Nullable TagsFilter tags) {
  Where where() {
    Where where = Where.joinedBy(operator);
    if (id != null) {
      id.addTo(where, "id");
    }
    if (name != null) {
      name.addTo(where, "name");
    }
    if (tags != null) {
      tags.addTo(where, "tags");
    }
    return where;
  }
}
