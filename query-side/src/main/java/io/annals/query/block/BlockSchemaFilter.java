package io.annals.query.block;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import io.annals.query.sql.AnyIdFilter;
import io.annals.query.sql.AnyTextFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.Where;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions on block schemas. */
public record BlockSchemaFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable AnyIdFilter blockTypeId,
    @Nullable AllTexts blockCapabilities,
    @Nullable AnyIdFilter id,
    @Nullable AnyTextFilter version) {
  /** A condition on a list: it has all of these. */
  public record AllTexts(@JsonProperty("all_") @Nullable List<String> all) {}

  /** The conditions on a row called {@code s}. */
  Where where() {
    Where where = Where.joinedBy(operator);
    if (blockTypeId != null) {
      blockTypeId.addTo(where, "s.block_type_id");
    }
    if (blockCapabilities != null) {
      where.and(Where.all().holdsAll("s.capabilities", blockCapabilities.all()));
    }
    if (id != null) {
      id.addTo(where, "s.id");
    }
    if (version != null) {
      version.addTo(where, "s.version");
    }
    return where;
  }
}
