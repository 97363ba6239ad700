package io.annals.query.block;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import io.annals.query.sql.AnyIdFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.NameFilter;
import io.annals.query.sql.Where;
import org.jspecify.annotations.Nullable;

/** Conditions on block documents: anonymous ones are left out unless a filter says otherwise. */
public record BlockDocumentFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable AnyIdFilter id,
    @Default("{\"eq_\": false}") @Nullable IsAnonymous isAnonymous,
    @Nullable AnyIdFilter blockTypeId,
    @Nullable NameFilter name) {
  /** A condition on whether a document is anonymous. */
  public record IsAnonymous(@JsonProperty("eq_") @Nullable Boolean equal) {
    /** Either kind is a condition that all meet, which counts where conditions are alternatives. */
    void addTo(Where where) {
      if (equal == null) {
        where.and("TRUE");
      } else {
        where.and("d.is_anonymous = ?", equal);
      }
    }
  }

  /** The conditions on a row called {@code d}. */
  Where where() {
    Where where = Where.joinedBy(operator);
    if (id != null) {
      id.addTo(where, "d.id");
    }
    if (isAnonymous != null) {
      isAnonymous.addTo(where);
    }
    if (blockTypeId != null) {
      blockTypeId.addTo(where, "d.block_type_id");
    }
    if (name != null) {
      name.addTo(where, "d.name");
    }
    return where;
  }
}
