package io.annals.query.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import io.annals.query.sql.AnyTagsFilter;
import io.annals.query.sql.AnyTextFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.IdFilter;
import io.annals.query.sql.NameFilter;
import org.jspecify.annotations.Nullable;

/** Conditions on deployments. */
public record DeploymentFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable IdFilter id,
    @Nullable NameFilter name,
    @Nullable LikeFilter flowOrDeploymentName,
    @Nullable EqualFilter paused,
    @Nullable AnyTagsFilter tags,
    @Nullable AnyTextFilter workQueueName,
    @Nullable LimitFilter concurrencyLimit) {
  /** A substring of a name. */
  public record LikeFilter(@JsonProperty("like_") @Nullable String like) {}

  /** A flag that is set, or not. */
  public record EqualFilter(@JsonProperty("eq_") @Nullable Boolean eq) {}

  /** Bounds of a limit; accepted and ignored, as Prefect does. */
  public record LimitFilter(
      @JsonProperty("ge_") @Nullable Integer ge,
      @JsonProperty("le_") @Nullable Integer le,
      @JsonProperty("is_null_") @Nullable Boolean isNull) {}
}
