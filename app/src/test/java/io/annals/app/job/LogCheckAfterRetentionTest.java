package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.app.wiring.LogCheck;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.command.log.ObservedAppender;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunCommand.SetTaskRunState;
import io.annals.events.log.Face;
import io.annals.events.log.Origin;
import io.annals.events.state.StateType;
import io.annals.query.sql.DayPartitions;
import io.annals.query.vacuum.ExpiredEvents;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Retention removes reports of task runs; what is served of them is no error then. */
class LogCheckAfterRetentionTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration LONG = Duration.ofDays(9);

  @TempDir Path home;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private JobFixture jobs;
  private UUID flowRun;

  @BeforeEach
  void start() {
    jobs = new JobFixture(home);
    flowRun = jobs.run(StateType.RUNNING);
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  @Test
  void a_whole_log_leaves_nothing_out() throws SQLException {
    reportAll(UUID.randomUUID(), "a", now);
    assertAgrees(0);
  }

  @Test
  void task_runs_of_a_dropped_day_are_left_out_and_nothing_else() throws SQLException {
    UUID gone = UUID.randomUUID();
    UUID half = UUID.randomUUID();
    reportAll(gone, "gone", now.minus(LONG));
    report(half, "half", StateType.RUNNING, now.minus(LONG));
    age();
    report(half, "half", StateType.COMPLETED, now);
    UUID young = UUID.randomUUID();
    reportAll(young, "young", now.minus(LONG)); // its client's clock is behind
    dropDay();
    assertAgrees(2);

    assertThat(troublesAfter("UPDATE task_run SET name = 'x' WHERE id = ?", young))
        .containsExactly("task_run: 2 rows differ");
    assertThat(troublesAfter("UPDATE task_run_state SET name = 'x' WHERE task_run_id = ?", young))
        .containsExactly("task_run_state: 6 rows differ");
    assertThat(troublesAfter("UPDATE artifact SET type = 'x' WHERE task_run_id = ?", young))
        .containsExactly("artifact: 2 rows differ");
    assertThat(troublesAfter("DELETE FROM task_run WHERE id = ?", young))
        .containsExactly("task_run: 1 rows differ");
    assertThat(troublesAfter("UPDATE flow_run SET name = 'x' WHERE id = ?", flowRun))
        .containsExactly("flow_run: 2 rows differ");
  }

  @Test
  void task_runs_with_reports_removed_by_name_are_left_out() throws SQLException {
    UUID old = UUID.randomUUID();
    reportAll(old, "old", now.minus(Duration.ofDays(2)));
    UUID young = UUID.randomUUID();
    reportAll(young, "young", now);
    retention(Map.of("prefect.task-run.Running", Duration.ofDays(1))).run(now);
    assertThat(count("event_log_removed")).isEqualTo(1);
    assertAgrees(1);

    assertThat(troublesAfter("UPDATE task_run SET name = 'x' WHERE id = ?", young))
        .containsExactly("task_run: 2 rows differ");
  }

  @Test
  void a_run_that_is_rebuilt_under_a_later_id_is_left_out() throws SQLException {
    report(UUID.randomUUID(), "again", StateType.RUNNING, now.minus(LONG));
    age();
    reportAll(UUID.randomUUID(), "again", now);
    dropDay();
    assertThat(count("task_run")).isEqualTo(1);
    assertAgrees(1);
  }

  @Test
  void what_deleted_task_runs_leave_behind_is_no_error() throws SQLException {
    UUID task = UUID.randomUUID();
    reportAll(task, "task", now.minus(LONG));
    jobs.gateway.sendAndWait(
        new SetTaskRunState(task, ProposedState.of(StateType.FAILED), true, Client.UNKNOWN));
    UUID subflow = jobs.run(task, ProposedState.of(StateType.RUNNING));
    age();
    dropDay();
    assertAgrees(1);
    jobs.gateway.sendAndWait(new DeleteFlowRun(flowRun));
    assertThat(count("task_run")).isZero();
    assertThat(count("artifact")).isEqualTo(1);
    assertThat(count("flow_run WHERE parent_task_run_id IS NULL")).isEqualTo(1);
    assertAgrees(0);

    assertThat(troublesAfter("UPDATE flow_run SET name = 'x' WHERE id = ?", subflow))
        .containsExactly("flow_run: 2 rows differ");
  }

  @Test
  void reports_that_went_otherwise_are_missed() throws SQLException {
    reportAll(UUID.randomUUID(), "a", now);
    jobs.jdbc
        .sql(
            "DELETE FROM event_log_observed WHERE position > (SELECT min(position) FROM"
                + " event_log_observed)")
        .update();
    assertThat(LogCheck.check(jobs.pool).troubles())
        .containsExactly("2 events are missing that retention did not remove");
  }

  private void assertAgrees(long leftOut) throws SQLException {
    LogCheck.Finding finding = LogCheck.check(jobs.pool);
    assertThat(finding.troubles()).isEmpty();
    assertThat(finding.taskRunsLeftOut()).isEqualTo(leftOut);
  }

  /** What a manipulation of these rows leads to; they are as before afterwards. */
  private List<String> troublesAfter(String manipulation, UUID id) throws SQLException {
    List<String> tables = List.of("task_run", "task_run_state", "artifact", "flow_run");
    for (String table : tables) {
      jobs.jdbc.sql("CREATE TABLE kept_%1$s AS TABLE %1$s".formatted(table)).update();
    }
    assertThat(jobs.jdbc.sql(manipulation).param(id).update()).isPositive();
    List<String> troubles = LogCheck.check(jobs.pool).troubles();
    for (String table : tables) {
      jobs.jdbc.sql("DELETE FROM " + table).update();
      jobs.jdbc.sql("INSERT INTO %1$s TABLE kept_%1$s".formatted(table)).update();
      jobs.jdbc.sql("DROP TABLE kept_" + table).update();
    }
    return troubles;
  }

  /** As if all that was reported so far had been recorded longer ago than events are kept. */
  private void age() throws SQLException {
    new DayPartitions(jobs.pool, "event_log_observed").createAhead(now.minus(LONG), 1);
    jobs.jdbc
        .sql("UPDATE event_log_observed SET recorded = recorded - make_interval(days => ?)")
        .param((int) LONG.toDays())
        .update();
  }

  private void dropDay() {
    long before = count("event_log_observed");
    retention(Map.of()).run(now);
    assertThat(count("event_log_observed")).isLessThan(before);
  }

  private EventRetention retention(Map<String, Duration> ofNames) {
    return new EventRetention(
        new ExpiredEvents(jobs.pool),
        new EventRetention.Settings(Duration.ofHours(1), WEEK, ofNames, 100));
  }

  private long count(String rows) {
    return jobs.jdbc.sql("SELECT count(*) FROM " + rows).query(Long.class).single();
  }

  private void reportAll(UUID taskRun, String key, Instant from) {
    report(taskRun, key, StateType.PENDING, from);
    report(taskRun, key, StateType.RUNNING, from.plusMillis(1));
    report(taskRun, key, StateType.COMPLETED, from.plusMillis(2));
  }

  /** What a client reports of its task run; once completed, with a result. */
  private void report(UUID taskRun, String key, StateType type, Instant occurred) {
    ObjectNode payload = JobFixture.object();
    payload.putObject("task_run").put("name", key).put("task_key", key).put("dynamic_key", "0");
    ObjectNode state = payload.putObject("validated_state").put("type", type.name());
    if (type == StateType.COMPLETED) {
      state.putObject("data").put("type", "persisted").put("artifact_key", key);
    }
    Face face =
        new Face(
            UUID.randomUUID(),
            occurred,
            "prefect.task-run." + type.defaultName(),
            Map.of(
                Face.RESOURCE_ID, "prefect.task-run." + taskRun, "prefect.orchestration", "client"),
            List.of(
                Map.of(
                    Face.RESOURCE_ID,
                    "prefect.flow-run." + flowRun,
                    Face.RESOURCE_ROLE,
                    "flow-run")),
            payload,
            null);
    jobs.node.part(ObservedAppender.class).append(List.of(face), Origin.NONE).join();
  }
}
