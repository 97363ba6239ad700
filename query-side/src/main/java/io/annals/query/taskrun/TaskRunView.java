package io.annals.query.taskrun;

import io.annals.events.state.StateType;
import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import io.annals.query.state.Estimates;
import io.annals.query.state.StateView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task run as the API shows it. Durations are seconds. */
public record TaskRunView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    @Nullable UUID flowRunId,
    String taskKey,
    String dynamicKey,
    @Nullable String cacheKey,
    @Nullable Instant cacheExpiration,
    @Nullable String taskVersion,
    RawJson empiricalPolicy,
    List<String> tags,
    RawJson labels,
    @Nullable UUID stateId,
    RawJson taskInputs,
    @Nullable StateType stateType,
    @Nullable String stateName,
    int runCount,
    int flowRunRunCount,
    @Nullable Instant expectedStartTime,
    @Nullable Instant nextScheduledStartTime,
    @Nullable Instant startTime,
    @Nullable Instant endTime,
    double totalRunTime,
    double estimatedRunTime,
    double estimatedStartTimeDelta,
    @Nullable StateView state) {
  static final String COLUMNS =
      StateView.COLUMNS
          + """
          , task_run.id, task_run.created, task_run.updated, task_run.name, task_run.flow_run_id,
          task_run.task_key, task_run.dynamic_key, task_run.cache_key, task_run.cache_expiration,
          task_run.task_version, task_run.empirical_policy, task_run.tags, task_run.labels,
          task_run.task_inputs, task_run.run_count, task_run.flow_run_run_count,
          task_run.expected_start_time, task_run.next_scheduled_start_time, task_run.start_time,
          task_run.end_time, task_run.total_run_time, task_run.state_type, task_run.state_name,
          task_run.state_id
          """;

  private static final int RUN = StateView.COLUMN_COUNT + 1;

  /** Reads the columns; estimates are as of the given moment. */
  static TaskRunView read(ResultSet row, Instant now) throws SQLException {
    StateView state = StateView.readIfAny(row, 1);
    String typeName = row.getString(RUN + 21);
    StateType type = typeName == null ? null : StateType.valueOf(typeName);
    Instant expected = Reading.instant(row, RUN + 16);
    Instant start = Reading.instant(row, RUN + 18);
    double total = row.getDouble(RUN + 20);
    return new TaskRunView(
        row.getObject(RUN, UUID.class),
        Reading.moment(row, RUN + 1),
        Reading.moment(row, RUN + 2),
        row.getString(RUN + 3),
        Reading.id(row, RUN + 4),
        row.getString(RUN + 5),
        row.getString(RUN + 6),
        row.getString(RUN + 7),
        Reading.instant(row, RUN + 8),
        row.getString(RUN + 9),
        json(row, RUN + 10),
        Reading.texts(row, RUN + 11),
        json(row, RUN + 12),
        Reading.id(row, RUN + 23),
        json(row, RUN + 13),
        type,
        row.getString(RUN + 22),
        row.getInt(RUN + 14),
        row.getInt(RUN + 15),
        expected,
        Reading.instant(row, RUN + 17),
        start,
        Reading.instant(row, RUN + 19),
        total,
        Estimates.runTime(total, type, state == null ? null : state.timestamp(), now),
        Estimates.startDelta(type, start, expected, now),
        state);
  }

  private static RawJson json(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNull(Reading.json(row, column));
  }
}
