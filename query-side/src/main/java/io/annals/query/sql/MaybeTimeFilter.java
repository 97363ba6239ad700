package io.annals.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Bounds of a time that may not have come yet. */
public record MaybeTimeFilter(
    @JsonProperty("before_") @Nullable Instant before,
    @JsonProperty("after_") @Nullable Instant after,
    @JsonProperty("is_null_") @Nullable Boolean isNull) {
  /** Adds this condition; the bounds may look at another column than the test for null. */
  public void addTo(Where where, String bounded, String column) {
    where.and(Where.all().between(bounded, after, before).isNull(column, isNull));
  }
}
