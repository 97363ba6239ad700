package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on a name. */
public record NameFilter(
    @JsonProperty("any_") @Nullable List<String> any,
    @JsonProperty("like_") @Nullable String like) {
  /** Adds this condition. */
  public void addTo(Where where, String column) {
    where.and(Where.all().anyText(column, any).like(column, like));
  }
}
