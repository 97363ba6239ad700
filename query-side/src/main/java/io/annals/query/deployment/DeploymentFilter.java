package io.annals.query.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import io.annals.query.sql.AnyTagsFilter;
import io.annals.query.sql.AnyTextFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.IdFilter;
import io.annals.query.sql.NameFilter;
import io.annals.query.sql.Where;
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
  private static final String LIKE_EITHER_NAME =
      """
      (deployment.name ILIKE ? OR EXISTS (SELECT 1 FROM flow
          WHERE flow.id = deployment.flow_id AND flow.name ILIKE ?))""";

  /** These conditions on the columns of table {@code deployment}. */
  public Where where() {
    Where where = Where.joinedBy(operator);
    if (id != null) {
      id.addTo(where, "deployment.id");
    }
    if (name != null) {
      name.addTo(where, "deployment.name");
    }
    if (flowOrDeploymentName != null) {
      where.and(flowOrDeploymentName.where());
    }
    if (paused != null) {
      where.and(paused.where());
    }
    if (tags != null) {
      tags.addTo(where, "deployment.tags");
    }
    if (workQueueName != null) {
      workQueueName.addTo(where, "deployment.work_queue_name");
    }
    return where;
  }

  /** A substring of a name. */
  public record LikeFilter(@JsonProperty("like_") @Nullable String like) {
    private Where where() {
      return like == null || like.isEmpty()
          ? Where.all()
          : Where.all().and(LIKE_EITHER_NAME, "%" + like + "%", "%" + like + "%");
    }
  }

  /** A flag that is set, or not. */
  public record EqualFilter(@JsonProperty("eq_") @Nullable Boolean eq) {
    private Where where() {
      return eq == null
          ? Where.all()
          : Where.all().and(eq ? "deployment.paused" : "NOT deployment.paused");
    }
  }

  /** Bounds of a limit; accepted and ignored, as Prefect does. */
  public record LimitFilter(
      @JsonProperty("ge_") @Nullable Integer ge,
      @JsonProperty("le_") @Nullable Integer le,
      @JsonProperty("is_null_") @Nullable Boolean isNull) {}
}
