package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on tags that knows supersets and emptiness. */
public record TagsFilter(
    @Default("\"and_\"") FilterOperator operator,
    @JsonProperty("all_") @Nullable List<String> all,
    @JsonProperty("is_null_") @Nullable Boolean isNull) {
  /** Adds this condition. */
  public void addTo(Where where, String column) {
    where.and(Where.joinedBy(operator).holdsAll(column, all).isEmptyArray(column, isNull));
  }
}
