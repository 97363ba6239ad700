package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.state.StateType;
import io.annals.query.overdue.OverdueQueries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of runs whose heartbeats stop. Each test looks only at its own runs. */
class SilentRunsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  @TempDir static Path home;

  private static JobFixture jobs;

  private final Instant anHourLater = Instant.now().plusSeconds(3_600);

  @BeforeAll
  static void start() {
    jobs = new JobFixture(home);
  }

  @AfterAll
  static void stop() {
    jobs.close();
  }

  @Test
  void a_run_whose_heartbeats_stopped_has_crashed() {
    UUID run = jobs.run(StateType.RUNNING);
    heartbeat(run, anHourLater.minusSeconds(3_000));
    heartbeat(run, anHourLater.minus(PATIENCE).minusMillis(1));
    lookAfterAll();
    assertThat(jobs.state(run)).isEqualTo("CRASHED Crashed");
    assertThat(jobs.message(run)).isEqualTo("No heartbeat for 90 seconds.");
  }

  @Test
  void a_run_that_is_heard_of_goes_on() {
    UUID run = jobs.run(StateType.RUNNING);
    heartbeat(run, anHourLater.minusSeconds(3_000));
    heartbeat(run, anHourLater.minus(PATIENCE).plusMillis(1));
    lookAfterAll();
    assertThat(jobs.state(run)).isEqualTo("RUNNING Running");
  }

  @Test
  void a_run_that_never_sent_a_heartbeat_is_left_alone() {
    UUID run = jobs.run(StateType.RUNNING);
    lookAfterAll();
    assertThat(jobs.state(run)).isEqualTo("RUNNING Running");
  }

  @Test
  void a_run_that_has_ended_is_left_alone() {
    for (StateType end : new StateType[] {StateType.COMPLETED, StateType.FAILED}) {
      UUID run = jobs.run(StateType.RUNNING);
      heartbeat(run, Instant.now());
      jobs.set(run, end);
      String ended = jobs.state(run);
      lookAfterAll();
      assertThat(jobs.state(run)).isEqualTo(ended);
    }
  }

  @Test
  void a_run_that_has_only_just_begun_to_run_again_has_its_time() {
    UUID run = jobs.run(StateType.RUNNING);
    heartbeat(run, Instant.now().minusSeconds(3_600));
    new SilentRuns(queries(), jobs.commands("silent-runs"), PATIENCE, PATIENCE).run(Instant.now());
    assertThat(jobs.state(run)).isEqualTo("RUNNING Running");
  }

  private void lookAfterAll() {
    new SilentRuns(queries(), jobs.commands("silent-runs"), PATIENCE, PATIENCE).run(anHourLater);
  }

  private static OverdueQueries queries() {
    return jobs.node.part(OverdueQueries.class);
  }

  private static void heartbeat(UUID run, Instant at) {
    jobs.report("prefect.flow-run.heartbeat", "prefect.flow-run." + run, at);
  }
}
