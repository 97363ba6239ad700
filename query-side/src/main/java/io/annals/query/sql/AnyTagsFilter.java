package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on tags that also knows overlaps. */
public record AnyTagsFilter(
    @Default("\"and_\"") FilterOperator operator,
    @JsonProperty("all_") @Nullable List<String> all,
    @JsonProperty("any_") @Nullable List<String> any,
    @JsonProperty("is_null_") @Nullable Boolean isNull) {
  /** Adds this condition. */
  public void addTo(Where where, String column) {
    where.and(
        Where.joinedBy(operator)
            .holdsAll(column, all)
            .holdsAny(column, any)
            .isEmptyArray(column, isNull));
  }
}
