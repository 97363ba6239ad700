package io.annals.query.workpool;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.TimeFilter;
import io.annals.query.sql.Where;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions on workers. */
public record WorkerFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable TimeFilter lastHeartbeatTime,
    @Nullable StatusFilter status) {
  /** Whether a worker is online. */
  public record StatusFilter(
      @JsonProperty("any_") @Nullable List<WorkerStatus> any,
      @JsonProperty("not_any_") @Nullable List<WorkerStatus> notAny) {
    private void addTo(Where where) {
      where.and(Where.all().anyText("status", names(any)).notAnyText("status", names(notAny)));
    }

    private static @Nullable List<String> names(@Nullable List<WorkerStatus> statuses) {
      return statuses == null ? null : statuses.stream().map(Enum::name).toList();
    }
  }

  Where where() {
    Where where = Where.joinedBy(operator);
    if (lastHeartbeatTime != null) {
      lastHeartbeatTime.addTo(where, "last_heartbeat_time");
    }
    if (status != null) {
      status.addTo(where);
    }
    return where;
  }
}
