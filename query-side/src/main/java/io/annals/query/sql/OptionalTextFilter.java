package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on a text that may be missing. */
public record OptionalTextFilter(
    @Default("\"and_\"") FilterOperator operator,
    @JsonProperty("any_") @Nullable List<String> any,
    @JsonProperty("is_null_") @Nullable Boolean isNull) {
  /** Adds this condition. */
  public void addTo(Where where, String column) {
    where.and(Where.joinedBy(operator).anyText(column, any).isNull(column, isNull));
  }
}
