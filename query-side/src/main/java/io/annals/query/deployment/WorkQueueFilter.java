package io.annals.query.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import io.annals.query.sql.AnyIdFilter;
import io.annals.query.sql.FilterOperator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions on work queues. */
public record WorkQueueFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable AnyIdFilter id,
    @Nullable PrefixFilter name) {
  /** A name, or the beginning of one. */
  public record PrefixFilter(
      @JsonProperty("any_") @Nullable List<String> any,
      @JsonProperty("startswith_") @Nullable List<String> startswith) {}
}
