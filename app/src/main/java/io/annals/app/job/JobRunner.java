package io.annals.app.job;

import io.annals.query.job.JobTurns;
import io.annals.query.job.JobTurns.Turn;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs each job once per interval over all nodes. A job that fails is logged and tried again at its
 * next time; it never stops the others.
 */
public final class JobRunner implements SmartLifecycle {
  /** A job that has not succeeded for so many of its periods is stuck. */
  public static final int STUCK_AFTER_PERIODS = 5;

  /** After trouble it is asked again so soon whether the job is due, if not sooner. */
  private static final Duration ASKS_AGAIN = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

  private final List<Job> jobs;
  private final JobTurns turns;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final Map<String, Instant> lastSuccess = new ConcurrentHashMap<>();
  private volatile Instant started = Instant.EPOCH;
  private volatile boolean running;
  private List<Thread> threads = List.of();

  /**
   * How it stands with a job.
   *
   * @param lastSuccess when it last succeeded on whatever node; null when that is not known
   * @param stuck whether it has not succeeded for several of its periods
   */
  public record JobStatus(
      String job, Duration every, @Nullable Instant lastSuccess, boolean stuck) {}

  /** Prepares the jobs; {@link #start} runs them. */
  public JobRunner(List<Job> jobs, JobTurns turns, InstantSource clock, MeterRegistry meters) {
    this.jobs = List.copyOf(jobs);
    this.turns = turns;
    this.clock = clock;
    this.meters = meters;
    for (Job job : jobs) {
      TimeGauge.builder(
              "annals.job.last.success.age",
              () -> sinceSuccess(job).toMillis(),
              TimeUnit.MILLISECONDS)
          .description("Time since a job last succeeded on whatever node")
          .tag("job", job.name())
          .register(meters);
    }
  }

  @Override
  public void start() {
    started = clock.instant();
    running = true;
    threads =
        jobs.stream()
            .map(job -> Thread.ofVirtual().name("annals-job-" + job.name()).start(() -> loop(job)))
            .toList();
  }

  @Override
  public void stop() {
    running = false;
    threads.forEach(Thread::interrupt);
    threads = List.of();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** How it stands with each job that this process runs. */
  public List<JobStatus> statuses() {
    return jobs.stream()
        .map(
            job ->
                new JobStatus(job.name(), job.every(), lastSuccess.get(job.name()), isStuck(job)))
        .toList();
  }

  private boolean isStuck(Job job) {
    Instant horizon = clock.instant().minus(job.every().multipliedBy(STUCK_AFTER_PERIODS));
    // While nothing ran at all, no job could succeed: each has its time from the start on.
    return isRunning()
        && started.isBefore(horizon)
        && lastSuccess.getOrDefault(job.name(), started).isBefore(horizon);
  }

  /** Since the start for a job that never succeeded. */
  private Duration sinceSuccess(Job job) {
    Instant now = clock.instant();
    Instant since = isRunning() ? started : now;
    return Duration.between(lastSuccess.getOrDefault(job.name(), since), now);
  }

  private void loop(Job job) {
    while (running) {
      Duration rest = takeTurn(job);
      try {
        TimeUnit.NANOSECONDS.sleep(rest.toNanos());
      } catch (InterruptedException stopping) {
        return;
      }
    }
  }

  /** Runs the job if it is due; answers how long it rests. */
  private Duration takeTurn(Job job) {
    try {
      Turn turn = turns.take(job.name(), job.every(), () -> run(job));
      if (turn.lastSuccess() != null) {
        lastSuccess.put(job.name(), turn.lastSuccess());
      }
      return turn.rest();
    } catch (SQLException | RuntimeException failure) {
      if (running) { // whoever is stopped in the middle of a statement has not failed
        log.error("Job {} failed; it runs again in its next period", job.name(), failure);
      }
      return job.every().compareTo(ASKS_AGAIN) < 0 ? job.every() : ASKS_AGAIN;
    }
  }

  private void run(Job job) {
    Timer.Sample sample = Timer.start(meters);
    String outcome = "failure";
    try {
      job.run(clock.instant());
      outcome = "success";
    } finally {
      sample.stop(
          Timer.builder("annals.job.runs")
              .description("Runs of a job on this node")
              .tags("job", job.name(), "outcome", outcome)
              .register(meters));
    }
  }
}
