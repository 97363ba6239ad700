package io.annals.app.job;

import io.annals.query.runlog.OrphanedLogs;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** When a run is deleted, then its log lines go a moment later. */
public final class LogCleanup implements Job {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final OrphanedLogs logs;

  /** Cleans up after deleted runs. */
  public LogCleanup(OrphanedLogs logs) {
    this.logs = logs;
  }

  @Override
  public String name() {
    return "log-cleanup";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    try {
      logs.delete();
    } catch (SQLException failure) {
      throw new IllegalStateException("Lines of deleted runs cannot be deleted", failure);
    }
  }
}
