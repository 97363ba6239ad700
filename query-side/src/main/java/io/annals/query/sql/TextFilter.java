package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on a text: one of a list, or none of it. */
public record TextFilter(
    @JsonProperty("any_") @Nullable List<String> any,
    @JsonProperty("not_any_") @Nullable List<String> notAny) {
  /** Adds this condition. */
  public void addTo(Where where, String column) {
    where.and(Where.all().anyText(column, any).notAnyText(column, notAny));
  }
}
