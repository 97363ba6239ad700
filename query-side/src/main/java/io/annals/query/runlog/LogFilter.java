package io.annals.query.runlog;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.request.Default;
import io.annals.query.request.MaxLength;
import io.annals.query.sql.AnyIdFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.OptionalIdFilter;
import io.annals.query.sql.TimeFilter;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conditions on log lines. */
public record LogFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable LevelFilter level,
    @Nullable TimeFilter timestamp,
    @Nullable AnyIdFilter flowRunId,
    @Nullable TaskRunIdFilter taskRunId,
    @Nullable TextQueryFilter text) {
  /** Inclusive bounds of the level. */
  public record LevelFilter(
      @JsonProperty("ge_") @Nullable Integer ge, @JsonProperty("le_") @Nullable Integer le) {}

  /** Lines of given task runs, or of none. */
  public record TaskRunIdFilter(
      @JsonProperty("any_") @Nullable List<UUID> any,
      @JsonProperty("is_null_") @Nullable Boolean isNull) {}

  /** Words to find. */
  public record TextQueryFilter(@MaxLength(200) String query) {}

  private static final String SEARCHED = "lower(log.message || ' ' || log.name)";

  /** These conditions on the columns of table {@code log}. */
  public Where where() {
    Where where = Where.joinedBy(operator);
    if (level != null && level.ge() != null) {
      where.and("log.level >= ?", level.ge());
    }
    if (level != null && level.le() != null) {
      where.and("log.level <= ?", level.le());
    }
    if (timestamp != null) {
      timestamp.addTo(where, "log.timestamp");
    }
    if (flowRunId != null) {
      flowRunId.addTo(where, "log.flow_run_id");
    }
    if (taskRunId != null) {
      new OptionalIdFilter(FilterOperator.AND, taskRunId.any(), taskRunId.isNull())
          .addTo(where, "log.task_run_id");
    }
    if (text != null) {
      where.and(TextSearch.parse(text.query()).where(SEARCHED));
    }
    return where;
  }
}
