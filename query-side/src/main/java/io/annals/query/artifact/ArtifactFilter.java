package io.annals.query.artifact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import io.annals.query.sql.AnyIdFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.TextFilter;
import io.annals.query.sql.Where;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions on artifacts. */
public record ArtifactFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable AnyIdFilter id,
    @Nullable KeyFilter key,
    @Nullable AnyIdFilter flowRunId,
    @Nullable AnyIdFilter taskRunId,
    @Nullable TextFilter type) {
  /** Conditions on the key. */
  public record KeyFilter(
      @JsonProperty("any_") @Nullable List<String> any,
      @JsonProperty("like_") @Nullable String like,
      @JsonProperty("exists_") @Nullable Boolean exists) {
    void addTo(Where where) {
      where.and(
          Where.all()
              .anyText("key", any)
              .like("key", like)
              .isNull("key", exists == null ? null : !exists));
    }
  }

  /** Conditions on collections: the same, but for the id, which is that of the artifact shown. */
  public record OfCollections(
      @Default("\"and_\"") FilterOperator operator,
      @Nullable AnyIdFilter latestId,
      @Nullable KeyFilter key,
      @Nullable AnyIdFilter flowRunId,
      @Nullable AnyIdFilter taskRunId,
      @Nullable TextFilter type) {
    /** These conditions on the columns of table {@code artifact_collection}. */
    public Where where() {
      Where where = Where.joinedBy(operator);
      if (latestId != null) {
        latestId.addTo(where, "latest_id");
      }
      addTo(where, key, flowRunId, taskRunId, type);
      return where;
    }
  }

  /** These conditions on the columns of table {@code artifact}. */
  public Where where() {
    Where where = Where.joinedBy(operator);
    if (id != null) {
      id.addTo(where, "id");
    }
    addTo(where, key, flowRunId, taskRunId, type);
    return where;
  }

  private static void addTo(
      Where where,
      @Nullable KeyFilter key,
      @Nullable AnyIdFilter flowRunId,
      @Nullable AnyIdFilter taskRunId,
      @Nullable TextFilter type) {
    if (key != null) {
      key.addTo(where);
    }
    if (flowRunId != null) {
      flowRunId.addTo(where, "flow_run_id");
    }
    if (taskRunId != null) {
      taskRunId.addTo(where, "task_run_id");
    }
    if (type != null) {
      type.addTo(where, "type");
    }
  }
}
