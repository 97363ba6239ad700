package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A condition on an id that may be missing. */
public record OptionalIdFilter(
    @Default("\"and_\"") FilterOperator operator,
    @JsonProperty("any_") @Nullable List<UUID> any,
    @JsonProperty("is_null_") @Nullable Boolean isNull) {
  /** Adds this condition. */
  public void addTo(Where where, String column) {
    where.and(Where.joinedBy(operator).anyId(column, any).isNull(column, isNull));
  }
}
