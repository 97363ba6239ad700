package io.annals.app.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.annals.app.job.JobRunner.JobStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Says whether this process can work, and if asked how it stands with each of its jobs. */
public final class Readiness {
  private static final String ALL_IS_WELL = "OK";
  private static final double MILLIS_PER_SECOND = 1e3;

  private final List<ReadinessCheck> checks;
  private final Supplier<List<JobStatus>> jobs;

  /** Asks the checks in their order until one finds trouble. */
  public Readiness(List<ReadinessCheck> checks, Supplier<List<JobStatus>> jobs) {
    this.checks = List.copyOf(checks);
    this.jobs = jobs;
  }

  /**
   * What is answered: Prefect's message, and the jobs where somebody asked for them.
   *
   * @param jobs left out unless asked for
   */
  record Answer(
      String message, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<JobLine> jobs) {}

  /**
   * One job.
   *
   * @param lastSuccess when it last succeeded on whatever node
   * @param stuck whether that was several of its periods ago
   */
  record JobLine(String name, double everySeconds, @Nullable Instant lastSuccess, boolean stuck) {}

  /** 200 or 503. */
  ResponseEntity<Answer> answer(boolean withJobs) {
    List<JobLine> lines = withJobs ? jobs.get().stream().map(Readiness::line).toList() : null;
    return checks.stream()
        .map(ReadinessCheck::trouble)
        .filter(Objects::nonNull)
        .findFirst()
        .map(
            trouble ->
                new ResponseEntity<>(new Answer(trouble, lines), HttpStatus.SERVICE_UNAVAILABLE))
        .orElseGet(() -> ResponseEntity.ok(new Answer(ALL_IS_WELL, lines)));
  }

  private static JobLine line(JobStatus status) {
    return new JobLine(
        status.job(),
        status.every().toMillis() / MILLIS_PER_SECOND,
        status.lastSuccess(),
        status.stuck());
  }
}
