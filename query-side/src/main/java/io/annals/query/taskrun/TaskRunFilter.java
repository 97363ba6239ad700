package io.annals.query.taskrun;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.events.state.StateType;
import io.annals.query.request.Default;
import io.annals.query.sql.AnyIdFilter;
import io.annals.query.sql.AnyTextFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.MaybeTimeFilter;
import io.annals.query.sql.NameFilter;
import io.annals.query.sql.TagsFilter;
import io.annals.query.sql.TimeFilter;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conditions on task runs. */
public record TaskRunFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable AnyIdFilter id,
    @Nullable NameFilter name,
    @Nullable TagsFilter tags,
    @Nullable StateFilter state,
    @Nullable MaybeTimeFilter startTime,
    @Nullable MaybeTimeFilter endTime,
    @Nullable TimeFilter expectedStartTime,
    @Nullable SubflowFilter subflowRuns,
    @Nullable FlowRunIdFilter flowRunId) {
  /** Conditions on the current state. */
  public record StateFilter(
      @Default("\"and_\"") FilterOperator operator,
      @Nullable TypeFilter type,
      @Nullable AnyTextFilter name) {
    /** Prefect drops a part that asks for nothing here. */
    private Where where() {
      Where where = Where.joinedBy(operator);
      if (type != null) {
        where.anyText("task_run.state_type", type.names());
      }
      if (name != null) {
        where.anyText("task_run.state_name", name.any());
      }
      return where;
    }
  }

  /** Types of states. */
  public record TypeFilter(@JsonProperty("any_") @Nullable List<StateType> any) {
    private @Nullable List<String> names() {
      return any == null ? null : any.stream().map(Enum::name).toList();
    }
  }

  /** Whether a task run stands for a subflow. */
  public record SubflowFilter(@JsonProperty("exists_") @Nullable Boolean exists) {
    private static final String SUBFLOW =
        "EXISTS (SELECT 1 FROM flow_run subflow WHERE subflow.parent_task_run_id = task_run.id)";

    private Where where() {
      return exists == null ? Where.all() : Where.all().and(exists ? SUBFLOW : "NOT " + SUBFLOW);
    }
  }

  /** The flow runs that task runs belong to; unless asked otherwise they belong to one. */
  public record FlowRunIdFilter(
      @Default("\"and_\"") FilterOperator operator,
      @JsonProperty("any_") @Nullable List<UUID> any,
      @JsonProperty("is_null_") @Default("false") @Nullable Boolean isNull) {
    /** Prefect asks only one of the two: for runs without one if wanted, else for those given. */
    private Where where() {
      Where where = Where.joinedBy(operator);
      return any == null || Boolean.TRUE.equals(isNull)
          ? where.isNull("task_run.flow_run_id", isNull)
          : where.anyId("task_run.flow_run_id", any);
    }
  }

  /** The same conditions without the one on the state. */
  public TaskRunFilter ofAnyState() {
    return new TaskRunFilter(
        operator,
        id,
        name,
        tags,
        null,
        startTime,
        endTime,
        expectedStartTime,
        subflowRuns,
        flowRunId);
  }

  /** These conditions on the columns of table {@code task_run}. */
  public Where where() {
    Where where = Where.joinedBy(operator);
    if (id != null) {
      id.addTo(where, "task_run.id");
    }
    if (name != null) {
      name.addTo(where, "task_run.name");
    }
    if (tags != null) {
      tags.addTo(where, "task_run.tags");
    }
    if (state != null) {
      where.and(state.where());
    }
    if (startTime != null) {
      startTime.addTo(where, "task_run.start_time", "task_run.start_time");
    }
    if (endTime != null) {
      endTime.addTo(where, "task_run.end_time", "task_run.end_time");
    }
    if (expectedStartTime != null) {
      expectedStartTime.addTo(where, "task_run.expected_start_time");
    }
    if (subflowRuns != null) {
      where.and(subflowRuns.where());
    }
    if (flowRunId != null) {
      where.and(flowRunId.where());
    }
    return where;
  }
}
