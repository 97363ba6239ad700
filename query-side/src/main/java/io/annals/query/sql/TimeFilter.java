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
    where.and(Where.all().between(column, after, before));
  }

  /** Whether a time lies within the bounds. */
  public boolean matches(Instant time) {
    return (before == null || !time.isAfter(before)) && (after == null || !time.isBefore(after));
  }
}
