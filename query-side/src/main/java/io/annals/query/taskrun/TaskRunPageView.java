package io.annals.query.taskrun;

import io.annals.query.sql.RawJson;
import io.annals.query.state.StateView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task run as the paginate route shows it: fewer fields than elsewhere. */
public record TaskRunPageView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    @Nullable UUID flowRunId,
    String taskKey,
    @Nullable UUID stateId,
    @Nullable StateView state,
    @Nullable String taskVersion,
    RawJson taskInputs,
    RawJson empiricalPolicy,
    List<String> tags,
    @Nullable Instant startTime,
    @Nullable Instant endTime,
    double totalRunTime,
    double estimatedRunTime,
    double estimatedStartTimeDelta) {
  /** The reduced form of a task run. */
  public static TaskRunPageView of(TaskRunView run) {
    return new TaskRunPageView(
        run.id(),
        run.created(),
        run.updated(),
        run.name(),
        run.flowRunId(),
        run.taskKey(),
        run.stateId(),
        run.state(),
        run.taskVersion(),
        run.taskInputs(),
        run.empiricalPolicy(),
        run.tags(),
        run.startTime(),
        run.endTime(),
        run.totalRunTime(),
        run.estimatedRunTime(),
        run.estimatedStartTimeDelta());
  }
}
