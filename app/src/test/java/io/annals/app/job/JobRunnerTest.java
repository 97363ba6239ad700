package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.job.JobRunner.JobStatus;
import io.annals.app.log.TestPostgres;
import io.annals.query.job.JobTurns;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs at their intervals, on one node and on two. */
class JobRunnerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HikariDataSource pool = TestPostgres.reader(TestPostgres.freshDatabase());
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  @AfterEach
  void stop() {
    pool.close();
  }

  private record Told(String name, Duration every, Consumer<Instant> work) implements Job {
    @Override
    public void run(Instant now) {
      work.accept(now);
    }
  }

  @Test
  void two_nodes_run_a_job_once_per_interval_between_them() throws InterruptedException {
    Duration every = Duration.ofMillis(100);
    CountDownLatch tenRuns = new CountDownLatch(10);
    Queue<Instant> starts = new ConcurrentLinkedQueue<>();
    JdbcClient jdbc = JdbcClient.create(pool);
    Job job =
        new Told(
            "often",
            every,
            at -> {
              starts.add(jdbc.sql("SELECT started FROM job").query(Instant.class).single());
              tenRuns.countDown();
            });
    JobRunner one = runner(job);
    JobRunner two = runner(job);
    one.start();
    two.start();
    try {
      assertThat(tenRuns.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      one.stop();
      two.stop();
    }
    List<Instant> inOrder = starts.stream().limit(10).toList();
    for (int run = 1; run < inOrder.size(); run++) {
      assertThat(Duration.between(inOrder.get(run - 1), inOrder.get(run)))
          .as("between runs %d and %d", run - 1, run)
          .isGreaterThanOrEqualTo(every);
    }
  }

  @Test
  void the_last_success_is_told_and_measured() {
    JobRunner runner = runner(new Told("fine", Duration.ofHours(1), at -> {}));
    assertThat(runner.statuses())
        .containsExactly(new JobStatus("fine", Duration.ofHours(1), null, false));
    runner.start();
    await(() -> runner.statuses().getFirst().lastSuccess() != null);
    assertThat(runner.statuses().getFirst().lastSuccess())
        .isBetween(now.get().minusSeconds(60), now.get().plusSeconds(60));
    assertThat(
            meters.get("annals.job.runs").tags("job", "fine", "outcome", "success").timer().count())
        .isEqualTo(1);
    assertThat(meters.get("annals.job.last.success.age").tag("job", "fine").timeGauge())
        .isNotNull();
    runner.stop();
  }

  @Test
  void another_nodes_success_counts_here_too() {
    Job job = new Told("shared", Duration.ofHours(1), at -> {});
    JobRunner one = runner(job);
    one.start();
    await(() -> one.statuses().getFirst().lastSuccess() != null);
    JobRunner two = runner(new Told("shared", Duration.ofHours(1), at -> assertThat(at).isNull()));
    two.start();
    await(() -> two.statuses().getFirst().lastSuccess() != null);
    assertThat(two.statuses()).isEqualTo(one.statuses());
    one.stop();
    two.stop();
  }

  @Test
  void a_job_that_fails_is_stuck_after_several_periods_and_stops_no_other() {
    Duration hour = Duration.ofHours(1);
    CountDownLatch failed = new CountDownLatch(1);
    Job bad =
        new Told(
            "bad",
            hour,
            at -> {
              failed.countDown();
              throw new IllegalStateException("as this test wants it");
            });
    JobRunner runner = runner(bad, new Told("good", hour, at -> {}));
    runner.start();
    await(() -> failed.getCount() == 0 && runner.statuses().getLast().lastSuccess() != null);
    now.updateAndGet(at -> at.plus(hour.multipliedBy(JobRunner.STUCK_AFTER_PERIODS)));
    assertThat(runner.statuses()).noneMatch(JobStatus::stuck);
    now.updateAndGet(at -> at.plusSeconds(60));
    assertThat(runner.statuses())
        .filteredOn(JobStatus::stuck)
        .extracting(JobStatus::job)
        .contains("bad");
    await(() -> failures("bad") == 1); // it is counted a moment after it has failed
    runner.stop();
  }

  private long failures(String job) {
    Timer timer = meters.find("annals.job.runs").tags("job", job, "outcome", "failure").timer();
    return timer == null ? 0 : timer.count();
  }

  private JobRunner runner(Job... jobs) {
    return new JobRunner(List.of(jobs), new JobTurns(pool), now::get, meters);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
