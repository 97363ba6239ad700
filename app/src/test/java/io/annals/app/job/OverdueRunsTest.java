package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.query.overdue.OverdueQueries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs select and what becomes of it. Each test looks only at its own runs. */
class OverdueRunsTest {
  private static final Duration EVERY = Duration.ofSeconds(5);
  @TempDir static Path home;

  private static JobFixture jobs;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

  @BeforeAll
  static void start() {
    jobs = new JobFixture(home);
  }

  @AfterAll
  static void stop() {
    jobs.close();
  }

  @Test
  void a_run_that_nobody_took_is_late_after_a_while() {
    UUID late = jobs.run(null, scheduled("Scheduled", now.minusSeconds(20)));
    UUID soon = jobs.run(null, scheduled("Scheduled", now.minusSeconds(10)));
    UUID retried = jobs.run(null, scheduled("AwaitingRetry", now.minusSeconds(20)));
    new LateRuns(queries(), jobs.commands("late-runs"), EVERY, Duration.ofSeconds(15)).run(now);
    assertThat(jobs.state(late)).isEqualTo("SCHEDULED Late");
    assertThat(jobs.state(soon)).isEqualTo("SCHEDULED Scheduled");
    assertThat(jobs.state(retried)).isEqualTo("SCHEDULED AwaitingRetry");
    assertThat(
            jobs.jdbc
                .sql("SELECT next_scheduled_start_time FROM flow_run WHERE id = ?")
                .param(late)
                .query(Instant.class)
                .single())
        .isEqualTo(now.minusSeconds(20));
    assertThat(principals(late)).contains("late-runs");
  }

  @Test
  void a_pause_that_nobody_ended_fails_the_run() {
    UUID expired = jobs.run(null, paused(now.minusSeconds(1)));
    UUID waiting = jobs.run(null, paused(now.plusSeconds(60)));
    new PauseExpirations(queries(), jobs.commands("pause-expirations"), EVERY).run(now);
    assertThat(jobs.state(expired)).isEqualTo("FAILED Failed");
    assertThat(jobs.message(expired)).isEqualTo("The flow was paused and never resumed.");
    assertThat(jobs.state(waiting)).isEqualTo("PAUSED Paused");
  }

  @Test
  void a_run_that_does_not_stop_is_cancelled() {
    UUID run = jobs.run(StateType.CANCELLING);
    cleanup().run(now);
    assertThat(jobs.state(run)).isEqualTo("CANCELLING Cancelling");
    cleanup().run(Instant.now().plusSeconds(301));
    assertThat(jobs.state(run)).isEqualTo("CANCELLED Cancelled");
    assertThat(jobs.message(run))
        .isEqualTo("Flow run cancellation timed out; marked this flow run as Cancelled.");
  }

  @Test
  void what_a_cancelled_run_leaves_behind_is_cancelled() {
    UUID parent = jobs.run(StateType.RUNNING);
    UUID task = jobs.task(parent, "child");
    UUID child = jobs.run(task, ProposedState.of(StateType.RUNNING));
    cleanup().run(now);
    assertThat(jobs.state(child)).isEqualTo("RUNNING Running");
    jobs.set(parent, StateType.CANCELLED);
    cleanup().run(now);
    cleanup().run(now);
    assertThat(jobs.state(child)).isEqualTo("CANCELLED Cancelled");
    assertThat(jobs.message(child)).isEqualTo("The parent flow run was cancelled.");
    assertThat(
            jobs.jdbc
                .sql("SELECT state_type FROM task_run WHERE id = ?")
                .param(task)
                .query(String.class)
                .single())
        .isEqualTo("CANCELLED");
  }

  private static CancellationCleanup cleanup() {
    return new CancellationCleanup(
        queries(),
        jobs.commands("cancellation-cleanup"),
        new CancellationCleanup.Settings(EVERY, Duration.ofMinutes(5)));
  }

  private static OverdueQueries queries() {
    return jobs.node.part(OverdueQueries.class);
  }

  private static ProposedState scheduled(String name, Instant at) {
    return new ProposedState(StateType.SCHEDULED, name, null, null, StateDetails.NONE.at(at));
  }

  private static ProposedState paused(Instant timeout) {
    StateDetails details =
        new StateDetails(
            null, null, null, null, null, null, false, false, timeout, false, null, null, null,
            null, null, null, null, null);
    return new ProposedState(StateType.PAUSED, null, null, null, details);
  }

  private static List<@Nullable String> principals(UUID run) {
    return jobs.jdbc
        .sql(
            "SELECT metadata ->> 'principal' FROM event_log"
                + " WHERE stream = ? AND metadata ->> 'principal' IS NOT NULL")
        .param("flowrun-" + run)
        .query(String.class)
        .list();
  }
}
