package io.annals.query.taskrun;

import static io.annals.query.taskrun.ReportedTaskRun.AGE;

import io.annals.events.log.Face;
import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.RowBatch;
import io.annals.events.sql.RowStatement;
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
      SELECT run.id, run.flow_run_id, run.task_key, run.dynamic_key
      FROM %s
      JOIN task_run AS run
          ON coalesce(run.flow_run_id, '00000000-0000-0000-0000-000000000000'::uuid)
              = ANY (ARRAY[reported.flow_run_id::uuid])
          AND run.task_key = ANY (ARRAY[reported.task_key])
          AND run.dynamic_key = ANY (ARRAY[reported.dynamic_key])
      """
          .formatted(RowBatch.unnest("reported", "flow_run_id", "task_key", "dynamic_key"));

  private static final RowStatement UPSERT_RUNS =
      new RowStatement(
          """
          INSERT INTO task_run (id, created, updated, name, flow_run_id, task_key, dynamic_key,
              cache_key, cache_expiration, task_version, flow_run_run_count, empirical_policy,
              task_inputs, tags, labels, state_id, state_type, state_name, state_timestamp,
              run_count, expected_start_time, next_scheduled_start_time, start_time, end_time,
              total_run_time)
          SELECT id::uuid, since::timestamptz, at::timestamptz, name, flow_run_id::uuid, task_key,
              dynamic_key, cache_key, cache_expiration::timestamptz, task_version,
              flow_run_run_count::int, policy::json, inputs::json,
              ARRAY(SELECT json_array_elements_text(tags::json)), labels::json, state_id::uuid,
              state_type, state_name, at::timestamptz, run_count::int, expected::timestamptz,
              scheduled::timestamptz, started::timestamptz, ended::timestamptz, total::float8
          FROM %s
          ON CONFLICT (id) DO UPDATE SET
              updated = excluded.updated, name = excluded.name, flow_run_id = excluded.flow_run_id,
              task_key = excluded.task_key, dynamic_key = excluded.dynamic_key,
              cache_key = excluded.cache_key, cache_expiration = excluded.cache_expiration,
              task_version = excluded.task_version,
              flow_run_run_count = excluded.flow_run_run_count,
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
          """,
          "reported",
          "id",
          "since",
          "at",
          "name",
          "flow_run_id",
          "task_key",
          "dynamic_key",
          "cache_key",
          "cache_expiration",
          "task_version",
          "flow_run_run_count",
          "policy",
          "inputs",
          "tags",
          "labels",
          "state_id",
          "state_type",
          "state_name",
          "run_count",
          "expected",
          "scheduled",
          "started",
          "ended",
          "total");

  /** A report that came later than the run's first may still be the oldest. */
  private static final RowStatement KEEP_OLDEST_TIME =
      new RowStatement(
          """
          UPDATE task_run SET created = reported.at::timestamptz FROM %s
          WHERE task_run.id = ANY (ARRAY[reported.id::uuid])
              AND task_run.created > reported.at::timestamptz
          """,
          "reported", "id", "at");

  private static final RowStatement INSERT_STATES =
      new RowStatement(
          """
          INSERT INTO task_run_state (id, task_run_id, type, name, timestamp, message,
              state_details, result_artifact_id)
          SELECT id::uuid, task_run_id::uuid, type, name, at::timestamptz, message, details::json,
              artifact_id::uuid
          FROM %s
          ON CONFLICT DO NOTHING
          """,
          "reported",
          "id",
          "at",
          "task_run_id",
          "type",
          "name",
          "message",
          "details",
          "artifact_id");

  private static final RowStatement INSERT_RESULTS =
      new RowStatement(
          """
          INSERT INTO artifact (id, created, updated, key, type, description, data, flow_run_id,
              task_run_id)
          SELECT id::uuid, at::timestamptz, at::timestamptz, key, type, description, data::json,
              flow_run_id::uuid, task_run_id::uuid
          FROM %s
          ON CONFLICT DO NOTHING
          """,
          "reported",
          "id",
          "at",
          "key",
          "type",
          "description",
          "data",
          "flow_run_id",
          "task_run_id");

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
    RowBatch wanted = new RowBatch(3);
    for (ReportedTaskRun report : reports) {
      NaturalKey key = report.naturalKey();
      wanted.add(key.flowRunId(), key.taskKey(), key.dynamicKey());
    }
    try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      wanted.bind(connection, statement, 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          NaturalKey key =
              NaturalKey.of(row.getObject(2, UUID.class), row.getString(3), row.getString(4));
          byKey.put(key, row.getObject(1, UUID.class));
        }
      }
    }
  }

  private static void upsertRuns(Transaction transaction, List<Told> runs) throws SQLException {
    RowBatch rows = UPSERT_RUNS.rows();
    for (Told told : runs) {
      ReportedTaskRun run = told.newest();
      rows.add(
          told.id(),
          told.oldest().timestamp(),
          run.timestamp(),
          run.name(),
          run.flowRunId(),
          run.taskKey(),
          run.dynamicKey(),
          run.text("cache_key"),
          run.moment("cache_expiration"),
          run.text("task_version"),
          run.number("flow_run_run_count"),
          run.policy(),
          run.object("task_inputs"),
          run.tagsJson(),
          run.object("labels"),
          run.stateId(),
          run.stateType(),
          run.stateName(),
          run.number("run_count"),
          run.moment("expected_start_time"),
          run.moment("next_scheduled_start_time"),
          run.moment("start_time"),
          run.moment("end_time"),
          run.seconds("total_run_time"));
    }
    UPSERT_RUNS.addTo(transaction, rows);
  }

  private static void keepOldestTime(Transaction transaction, List<Told> runs) throws SQLException {
    RowBatch rows = KEEP_OLDEST_TIME.rows();
    for (Told told : runs) {
      rows.add(told.id(), told.oldest().timestamp());
    }
    KEEP_OLDEST_TIME.addTo(transaction, rows);
  }

  private static void insertStates(Transaction transaction, List<Kept> reports)
      throws SQLException {
    RowBatch rows = INSERT_STATES.rows();
    for (Kept kept : reports) {
      ReportedTaskRun report = kept.report();
      rows.add(
          report.stateId(),
          report.timestamp(),
          kept.id(),
          report.stateType(),
          report.stateName(),
          report.message(),
          report.stateDetails(kept.id()),
          report.result() == null ? null : report.stateId());
    }
    INSERT_STATES.addTo(transaction, rows);
  }

  private static void insertResults(Transaction transaction, List<Kept> reports)
      throws SQLException {
    RowBatch rows = INSERT_RESULTS.rows();
    for (Kept kept : reports) {
      ReportedTaskRun report = kept.report();
      if (report.result() != null) {
        rows.add(
            report.stateId(),
            report.timestamp(),
            report.resultText("artifact_key"),
            report.resultText("artifact_type"),
            report.resultText("artifact_description"),
            report.resultData(),
            report.flowRunId(),
            kept.id());
      }
    }
    INSERT_RESULTS.addTo(transaction, rows);
  }
}
