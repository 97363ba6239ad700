package io.annals.query.block;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.sql.AnyTextFilter;
import io.annals.query.sql.Where;
import org.jspecify.annotations.Nullable;

/** Conditions on block types. */
public record BlockTypeFilter(@Nullable NameLike name, @Nullable AnyTextFilter slug) {
  /** A condition on a name that only knows a part of it. */
  public record NameLike(@JsonProperty("like_") @Nullable String like) {}

  /** The conditions on a row called {@code t}. */
  Where where() {
    Where where = Where.all();
    if (name != null) {
      where.like("t.name", name.like());
    }
    if (slug != null) {
      slug.addTo(where, "t.slug");
    }
    return where;
  }
}
