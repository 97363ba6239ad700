package io.annals.query.flowrun;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.events.state.StateType;
import io.annals.query.request.Default;
import io.annals.query.sql.AnyTagsFilter;
import io.annals.query.sql.AnyTextFilter;
import io.annals.query.sql.FilterOperator;
import io.annals.query.sql.IdFilter;
import io.annals.query.sql.MaybeTimeFilter;
import io.annals.query.sql.NameFilter;
import io.annals.query.sql.OptionalIdFilter;
import io.annals.query.sql.OptionalTextFilter;
import io.annals.query.sql.TextFilter;
import io.annals.query.sql.TimeFilter;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conditions on flow runs. */
public record FlowRunFilter(
    @Default("\"and_\"") FilterOperator operator,
    @Nullable IdFilter id,
    @Nullable NameFilter name,
    @Nullable AnyTagsFilter tags,
    @Nullable OptionalIdFilter deploymentId,
    @Nullable OptionalTextFilter workQueueName,
    @Nullable StateFilter state,
    @Nullable AnyTextFilter flowVersion,
    @Nullable MaybeTimeFilter startTime,
    @Nullable MaybeTimeFilter endTime,
    @Nullable TimeFilter expectedStartTime,
    @Nullable TimeFilter nextScheduledStartTime,
    @Nullable ParentFlowRunFilter parentFlowRunId,
    @Nullable OptionalIdFilter parentTaskRunId,
    @Nullable TextFilter idempotencyKey,
    @Nullable CreatedByFilter createdBy) {
  /** Conditions on the current state. */
  public record StateFilter(
      @Default("\"and_\"") FilterOperator operator,
      @Nullable TypeFilter type,
      @Nullable TextFilter name) {
    private Where where() {
      Where where = Where.joinedBy(operator);
      if (type != null) {
        oneSided(where, "flow_run.state_type", names(type.any()), names(type.notAny()));
      }
      if (name != null) {
        oneSided(where, "flow_run.state_name", name.any(), name.notAny());
      }
      return where;
    }

    /** Prefect silently drops a condition that asks for both sides, and one that asks for none. */
    private static void oneSided(
        Where where, String column, @Nullable List<String> any, @Nullable List<String> notAny) {
      if (any == null || notAny == null || notAny.isEmpty()) {
        where.anyText(column, any).notAnyText(column, notAny);
      }
    }

    private static @Nullable List<String> names(@Nullable List<StateType> types) {
      return types == null ? null : types.stream().map(Enum::name).toList();
    }
  }

  /** Types of states. */
  public record TypeFilter(
      @JsonProperty("any_") @Nullable List<StateType> any,
      @JsonProperty("not_any_") @Nullable List<StateType> notAny) {}

  /** Runs that are subflows of given runs. */
  public record ParentFlowRunFilter(
      @Default("\"and_\"") FilterOperator operator,
      @JsonProperty("any_") @Nullable List<UUID> any) {
    private static final String PARENT =
        """
        flow_run.parent_task_run_id IN
            (SELECT parent.id FROM task_run parent WHERE %s)""";

    private Where where() {
      Where where = Where.joinedBy(operator);
      return any == null
          ? where
          : where.within(PARENT, Where.all().anyId("parent.flow_run_id", any));
    }
  }

  /** What made a run. */
  public record CreatedByFilter(
      @Default("\"and_\"") FilterOperator operator,
      @JsonProperty("id_") @Nullable List<UUID> id,
      @JsonProperty("type_") @Nullable List<String> type,
      @JsonProperty("is_null_") @Nullable Boolean isNull) {
    private Where where() {
      return Where.joinedBy(operator)
          .anyId("(flow_run.created_by->>'id')::uuid", id)
          .anyText("flow_run.created_by->>'type'", type)
          .isNull("flow_run.created_by", isNull);
    }
  }

  /** These conditions on the columns of table {@code flow_run}. */
  public Where where() {
    Where where = Where.joinedBy(operator);
    addIdentity(where);
    addTimes(where);
    if (state != null) {
      where.and(state.where());
    }
    if (parentFlowRunId != null) {
      where.and(parentFlowRunId.where());
    }
    if (parentTaskRunId != null) {
      parentTaskRunId.addTo(where, "flow_run.parent_task_run_id");
    }
    if (createdBy != null) {
      where.and(createdBy.where());
    }
    return where;
  }

  private void addIdentity(Where where) {
    if (id != null) {
      id.addTo(where, "flow_run.id");
    }
    if (name != null) {
      name.addTo(where, "flow_run.name");
    }
    if (tags != null) {
      tags.addTo(where, "flow_run.tags");
    }
    if (deploymentId != null) {
      deploymentId.addTo(where, "flow_run.deployment_id");
    }
    if (workQueueName != null) {
      workQueueName.addTo(where, "flow_run.work_queue_name");
    }
    if (flowVersion != null) {
      flowVersion.addTo(where, "flow_run.flow_version");
    }
    if (idempotencyKey != null) {
      idempotencyKey.addTo(where, "flow_run.idempotency_key");
    }
  }

  private void addTimes(Where where) {
    if (startTime != null) {
      startTime.addTo(where, "flow_run.shown_start_time", "flow_run.start_time");
    }
    if (endTime != null) {
      endTime.addTo(where, "flow_run.end_time", "flow_run.end_time");
    }
    if (expectedStartTime != null) {
      expectedStartTime.addTo(where, "flow_run.expected_start_time");
    }
    if (nextScheduledStartTime != null) {
      nextScheduledStartTime.addTo(where, "flow_run.next_scheduled_start_time");
    }
  }
}
