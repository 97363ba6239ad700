package io.annals.query.taskrun;

import static io.annals.query.taskrun.ReportedTaskRun.AGE;

import io.annals.events.log.Face;
import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import io.annals.query.log.Projection;
import io.annals.query.taskrun.ReportedTaskRun.NaturalKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Prefect's TaskRunRecorder: clients decide about their task runs themselves and report each
 * transition. Reports may come in any order and more than once: the newest state wins, every state
 * is kept, and {@code created} is the oldest report's time.
 *
 * <p>A persisted result becomes an artifact under the id of its state.
 */
public final class TaskRunRecorder implements Projection {
  private static final String KNOWN =
      """
      SELECT run.id, reported.flow_run_id, run.task_key, run.dynamic_key
      FROM unnest(?, ?, ?) AS reported (flow_run_id, task_key, dynamic_key)
      JOIN task_run AS run
          ON coalesce(run.flow_run_id, '00000000-0000-0000-0000-000000000000'::uuid)
              = reported.flow_run_id
          AND run.task_key = reported.task_key AND run.dynamic_key = reported.dynamic_key
      """;

  private static final String UPSERT_RUNS =
      """
      INSERT INTO task_run (id, created, updated, name, flow_run_id, task_key, dynamic_key,
          cache_key, cache_expiration, task_version, flow_run_run_count, empirical_policy,
          task_inputs, tags, labels, state_id, state_type, state_name, state_timestamp, run_count,
          expected_start_time, next_scheduled_start_time, start_time, end_time, total_run_time)
      SELECT id, since, at, name, flow_run_id, task_key, dynamic_key,
          cache_key, cache_expiration, task_version, flow_run_run_count, policy::json,
          inputs::json, ARRAY(SELECT json_array_elements_text(tags::json)), labels::json,
          state_id, state_type, state_name, at, run_count,
          expected, scheduled, started, ended, total
      FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          AS reported (id, since, at, name, flow_run_id, task_key, dynamic_key, cache_key,
              cache_expiration, task_version, flow_run_run_count, policy, inputs, tags, labels,
              state_id, state_type, state_name, run_count, expected, scheduled, started, ended,
              total)
      ON CONFLICT (id) DO UPDATE SET
          updated = excluded.updated, name = excluded.name, flow_run_id = excluded.flow_run_id,
          task_key = excluded.task_key, dynamic_key = excluded.dynamic_key,
          cache_key = excluded.cache_key, cache_expiration = excluded.cache_expiration,
          task_version = excluded.task_version, flow_run_run_count = excluded.flow_run_run_count,
          empirical_policy = excluded.empirical_policy, task_inputs = excluded.task_inputs,
          tags = excluded.tags, labels = excluded.labels, state_id = excluded.state_id,
          state_type = excluded.state_type, state_name = excluded.state_name,
          state_timestamp = excluded.state_timestamp, run_count = excluded.run_count,
          expected_start_time = excluded.expected_start_time,
          next_scheduled_start_time = excluded.next_scheduled_start_time,
          start_time = excluded.start_time, end_time = excluded.end_time,
          total_run_time = excluded.total_run_time
      WHERE task_run.state_timestamp IS NULL
          OR (task_run.state_timestamp, task_run.state_id)
              < (excluded.state_timestamp, excluded.state_id)
      """;

  /** A report that came later than the run's first may still be the oldest. */
  private static final String KEEP_OLDEST_TIME =
      """
      UPDATE task_run SET created = reported.at FROM unnest(?, ?) AS reported (id, at)
      WHERE task_run.id = reported.id AND task_run.created > reported.at
      """;

  private static final String INSERT_STATES =
      """
      INSERT INTO task_run_state (id, task_run_id, type, name, timestamp, message, state_details,
          result_artifact_id)
      SELECT id, task_run_id, type, name, at, message, details::json, artifact_id
      FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
          AS reported (id, at, task_run_id, type, name, message, details, artifact_id)
      ON CONFLICT DO NOTHING
      """;

  private static final String INSERT_RESULTS =
      """
      INSERT INTO artifact (id, created, updated, key, type, description, data, flow_run_id,
          task_run_id)
      SELECT id, at, at, key, type, description, data::json, flow_run_id, task_run_id
      FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
          AS reported (id, at, key, type, description, data, flow_run_id, task_run_id)
      ON CONFLICT DO NOTHING
      """;

  @Override
  public List<String> tables() {
    return List.of("task_run_state", "task_run", "artifact");
  }

  @Override
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    List<ReportedTaskRun> reports = reports(events);
    if (reports.isEmpty()) {
      return;
    }
    List<Kept> kept = canonical(transaction.connection(), reports);
    List<Told> runs = told(kept);
    upsertRuns(transaction, runs);
    keepOldestTime(transaction, runs);
    List<Kept> byState =
        kept.stream().sorted(Comparator.comparing(each -> each.report().stateId())).toList();
    insertResults(transaction, byState);
    insertStates(transaction, byState);
  }

  /** A report under the id that the table keeps the run under. */
  private record Kept(UUID id, ReportedTaskRun report) {}

  /** What a batch tells of one run: its oldest report and its newest, often the same. */
  private record Told(UUID id, ReportedTaskRun oldest, ReportedTaskRun newest) {
    Told and(Told other) {
      return new Told(
          id,
          AGE.compare(oldest, other.oldest) <= 0 ? oldest : other.oldest,
          AGE.compare(newest, other.newest) >= 0 ? newest : other.newest);
    }
  }

  private static List<ReportedTaskRun> reports(List<LoggedEvent> events) {
    List<ReportedTaskRun> reports = new ArrayList<>();
    for (LoggedEvent event : events) {
      Face face = event.face();
      ReportedTaskRun report =
          event.family() == Family.OBSERVED && face != null ? ReportedTaskRun.of(face) : null;
      if (report != null) {
        reports.add(report);
      }
    }
    return reports;
  }

  private static List<Told> told(List<Kept> kept) {
    Map<UUID, Told> runs = new HashMap<>();
    for (Kept each : kept) {
      runs.merge(each.id(), new Told(each.id(), each.report(), each.report()), Told::and);
    }
    return runs.values().stream().sorted(Comparator.comparing(Told::id)).toList();
  }

  /** The id under which a run came first stays its id, whatever later reports call it. */
  private static List<Kept> canonical(Connection connection, List<ReportedTaskRun> reports)
      throws SQLException {
    Map<NaturalKey, UUID> byKey = new HashMap<>();
    readKnown(connection, reports, byKey);
    List<Kept> kept = new ArrayList<>();
    for (ReportedTaskRun report : reports) {
      UUID id = byKey.computeIfAbsent(report.naturalKey(), unknown -> report.id());
      kept.add(new Kept(id, report));
    }
    return kept;
  }

  private static void readKnown(
      Connection connection, List<ReportedTaskRun> reports, Map<NaturalKey, UUID> byKey)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      new Columns<>(statement, 1, reports)
          .column("uuid", report -> report.naturalKey().flowRunId())
          .column("text", ReportedTaskRun::taskKey)
          .column("text", ReportedTaskRun::dynamicKey);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          NaturalKey key =
              new NaturalKey(row.getObject(2, UUID.class), row.getString(3), row.getString(4));
          byKey.put(key, row.getObject(1, UUID.class));
        }
      }
    }
  }

  private static void upsertRuns(Transaction transaction, List<Told> runs) throws SQLException {
    transaction.add(
        UPSERT_RUNS,
        (connection, statement, first) ->
            new Columns<>(statement, first, runs)
                .column("uuid", Told::id)
                .column("timestamptz", run -> run.oldest().timestamp())
                .column("timestamptz", run -> run.newest().timestamp())
                .column("text", run -> run.newest().name())
                .column("uuid", run -> run.newest().flowRunId())
                .column("text", run -> run.newest().taskKey())
                .column("text", run -> run.newest().dynamicKey())
                .column("text", run -> run.newest().text("cache_key"))
                .column("timestamptz", run -> run.newest().moment("cache_expiration"))
                .column("text", run -> run.newest().text("task_version"))
                .column("int4", run -> run.newest().number("flow_run_run_count"))
                .column("text", run -> run.newest().policy())
                .column("text", run -> run.newest().object("task_inputs"))
                .column("text", run -> run.newest().tagsJson())
                .column("text", run -> run.newest().object("labels"))
                .column("uuid", run -> run.newest().stateId())
                .column("text", run -> run.newest().stateType().name())
                .column("text", run -> run.newest().stateName())
                .column("int4", run -> run.newest().number("run_count"))
                .column("timestamptz", run -> run.newest().moment("expected_start_time"))
                .column("timestamptz", run -> run.newest().moment("next_scheduled_start_time"))
                .column("timestamptz", run -> run.newest().moment("start_time"))
                .column("timestamptz", run -> run.newest().moment("end_time"))
                .column("float8", run -> run.newest().seconds("total_run_time"))
                .next());
  }

  private static void keepOldestTime(Transaction transaction, List<Told> runs) throws SQLException {
    transaction.add(
        KEEP_OLDEST_TIME,
        (connection, statement, first) ->
            new Columns<>(statement, first, runs)
                .column("uuid", Told::id)
                .column("timestamptz", run -> run.oldest().timestamp())
                .next());
  }

  private static void insertStates(Transaction transaction, List<Kept> reports)
      throws SQLException {
    transaction.add(
        INSERT_STATES,
        (connection, statement, first) ->
            new Columns<>(statement, first, reports)
                .column("uuid", kept -> kept.report().stateId())
                .column("timestamptz", kept -> kept.report().timestamp())
                .column("uuid", Kept::id)
                .column("text", kept -> kept.report().stateType().name())
                .column("text", kept -> kept.report().stateName())
                .column("text", kept -> kept.report().message())
                .column("text", kept -> kept.report().stateDetails(kept.id()))
                .column(
                    "uuid", kept -> kept.report().result() == null ? null : kept.report().stateId())
                .next());
  }

  private static void insertResults(Transaction transaction, List<Kept> reports)
      throws SQLException {
    List<Kept> withResult =
        reports.stream().filter(kept -> kept.report().result() != null).toList();
    if (withResult.isEmpty()) {
      return;
    }
    transaction.add(
        INSERT_RESULTS,
        (connection, statement, first) ->
            new Columns<>(statement, first, withResult)
                .column("uuid", kept -> kept.report().stateId())
                .column("timestamptz", kept -> kept.report().timestamp())
                .column("text", kept -> kept.report().resultText("artifact_key"))
                .column("text", kept -> kept.report().resultText("artifact_type"))
                .column("text", kept -> kept.report().resultText("artifact_description"))
                .column("text", kept -> kept.report().resultData())
                .column("uuid", kept -> kept.report().flowRunId())
                .column("uuid", Kept::id)
                .next());
  }
}
