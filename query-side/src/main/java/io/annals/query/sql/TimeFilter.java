package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Inclusive bounds in time. */
public record TimeFilter(
    @JsonProperty("before_") @Nullable Instant before,
    @JsonProperty("after_") @Nullable Instant after) {
  /** Adds this condition. */
  public void addTo(Where where, String column) {
    where.between(column, after, before);
  }
}
