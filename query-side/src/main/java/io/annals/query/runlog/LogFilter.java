package io.annals.query.runlog;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.query.event.TextQuery;
import io.annals.query.request.Default;
import io.annals.query.request.MaxLength;
import io.annals.query.sql.AnyIdFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.OptionalIdFilter;
import io.annals.query.sql.TimeFilter;
import io.annals.query.sql.Where;
import java.util.ArrayList;
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
      @JsonProperty("ge_") @Nullable Integer ge, @JsonProperty("le_") @Nullable Integer le) {
    private Where where() {
      Where where = Where.all();
      if (ge != null) {
        where.and("log.level >= ?", ge);
      }
      if (le != null) {
        where.and("log.level <= ?", le);
      }
      return where;
    }

    private boolean matches(int level) {
      return (ge == null || level >= ge) && (le == null || level <= le);
    }
  }

  /** Lines of given task runs, or of none. */
  public record TaskRunIdFilter(
      @JsonProperty("any_") @Nullable List<UUID> any,
      @JsonProperty("is_null_") @Nullable Boolean isNull) {
    private boolean matches(@Nullable UUID taskRunId) {
      return (any == null || any.contains(taskRunId))
          && (isNull == null || isNull == (taskRunId == null));
    }
  }

  /** Words to find. */
  public record TextQueryFilter(@MaxLength(200) String query) {}

  private static final String FOUND = "strpos(lower(log.message || ' ' || log.name), ?) > 0";

  /** These conditions on the columns of table {@code log}. */
  public Where where() {
    Where where = Where.joinedBy(operator);
    if (level != null) {
      where.and(level.where());
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
      addTo(where, TextQuery.of(text.query()));
    }
    return where;
  }

  private static void addTo(Where where, TextQuery words) {
    Where any = Where.joinedBy(FilterOperator.OR);
    words.include().forEach(term -> any.and(FOUND, term));
    Where all = Where.all().and(any);
    words.required().forEach(term -> all.and(FOUND, term));
    words.exclude().forEach(term -> all.and("NOT " + FOUND, term));
    where.and(all);
  }

  /** Whether a line that was just stored meets these conditions. */
  public boolean matches(LogView line) {
    List<Boolean> conditions = new ArrayList<>();
    if (level != null) {
      conditions.add(level.matches(line.level()));
    }
    if (timestamp != null) {
      conditions.add(timestamp.matches(line.timestamp()));
    }
    if (flowRunId != null) {
      conditions.add(flowRunId.any() == null || flowRunId.any().contains(line.flowRunId()));
    }
    if (taskRunId != null) {
      conditions.add(taskRunId.matches(line.taskRunId()));
    }
    if (text != null) {
      conditions.add(TextQuery.of(text.query()).matches(line.message() + " " + line.name()));
    }
    return (operator == FilterOperator.OR && !conditions.isEmpty())
        ? conditions.contains(true)
        : !conditions.contains(false);
  }
}
