package io.annals.app.job;

import io.annals.query.job.JobClaims;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs each job at its interval on one of the nodes. A job that fails is logged and tried again at
 * its next time; it never stops the others.
 */
public final class JobRunner implements SmartLifecycle {
  /** A job that has not succeeded for so many of its periods is stuck. */
  public static final int STUCK_AFTER_PERIODS = 5;

  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

  private final List<Job> jobs;
  private final JobClaims claims;
  private final InstantSource clock;
  private final Map<String, Instant> lastSuccess = new ConcurrentHashMap<>();
  private volatile List<Thread> threads = List.of();

  /** Prepares the jobs; {@link #start} runs them. */
  public JobRunner(List<Job> jobs, JobClaims claims, InstantSource clock, MeterRegistry meters) {
    this.jobs = List.copyOf(jobs);
    this.claims = claims;
    this.clock = clock;
    for (Job job : jobs) {
      TimeGauge.builder(
              "annals.job.last.success.age",
              () -> sinceSuccess(job).toMillis(),
              TimeUnit.MILLISECONDS)
          .tag("job", job.name())
          .register(meters);
    }
  }

  @Override
  public void start() {
    Instant now = clock.instant();
    jobs.forEach(job -> lastSuccess.put(job.name(), now));
    threads =
        jobs.stream()
            .map(job -> Thread.ofVirtual().name("annals-job-" + job.name()).start(() -> loop(job)))
            .toList();
  }

  @Override
  public void stop() {
    threads.forEach(Thread::interrupt);
    threads = List.of();
  }

  @Override
  public boolean isRunning() {
    return !threads.isEmpty();
  }

  /** The names of jobs that have not succeeded for several of their periods. */
  public List<String> stuck() {
    return jobs.stream()
        .filter(
            job ->
                isRunning()
                    && sinceSuccess(job).compareTo(job.every().multipliedBy(STUCK_AFTER_PERIODS))
                        > 0)
        .map(Job::name)
        .toList();
  }

  private Duration sinceSuccess(Job job) {
    Instant now = clock.instant();
    return Duration.between(lastSuccess.getOrDefault(job.name(), now), now);
  }

  private void loop(Job job) {
    while (!Thread.currentThread().isInterrupted()) {
      Instant started = clock.instant();
      runOnce(job);
      Duration rest = job.every().minus(Duration.between(started, clock.instant()));
      try {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, rest.toNanos()));
      } catch (InterruptedException stopping) {
        return;
      }
    }
  }

  private void runOnce(Job job) {
    try {
      // Another node doing the same job at this moment is a success as well.
      claims.runExclusively(job.name(), () -> job.run(clock.instant()));
      lastSuccess.put(job.name(), clock.instant());
    } catch (SQLException | RuntimeException failure) {
      if (!Thread.currentThread().isInterrupted()) {
        log.error("Job {} failed; it runs again in {}", job.name(), job.every(), failure);
      }
    }
  }
}
