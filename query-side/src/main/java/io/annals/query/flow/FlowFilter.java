package io.annals.query.flow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.IdFilter;
import io.annals.query.sql.NameFilter;
import io.annals.query.sql.TagsFilter;
import io.annals.query.sql.Where;
import org.jspecify.annotations.Nullable;

/** Conditions on flows. */
public record FlowFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable DeployedFilter deployment,
    @Nullable IdFilter id,
    @Nullable NameFilter name,
    @Nullable TagsFilter tags) {
  private static final String DEPLOYED =
      "EXISTS (SELECT 1 FROM deployment WHERE deployment.flow_id = flow.id)";

  /** Whether a flow has deployments. */
  public record DeployedFilter(
      @Default("\"and_\"") FilterOperator operator,
      @JsonProperty("is_null_") @Nullable Boolean isNull) {
    private Where where() {
      Where where = Where.joinedBy(operator);
      return isNull == null ? where : where.and(isNull ? "NOT " + DEPLOYED : DEPLOYED);
    }
  }

  /** These conditions on the columns of table {@code flow}. */
  public Where where() {
    Where where = Where.joinedBy(operator);
    if (deployment != null) {
      where.and(deployment.where());
    }
    if (id != null) {
      id.addTo(where, "flow.id");
    }
    if (name != null) {
      name.addTo(where, "flow.name");
    }
    if (tags != null) {
      tags.addTo(where, "flow.tags");
    }
    return where;
  }
}
