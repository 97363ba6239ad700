package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.app.wiring.LogCheck;
import io.annals.events.state.StateType;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log is checked while servers go on appending to it. */
class LogCheckBesideWritersTest {
  private static final int CHECKS = 3;

  @TempDir Path home;

  @Test
  void what_is_appended_meanwhile_is_no_trouble() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (JobFixture jobs = new JobFixture(home);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer = threads.submit(() -> write(jobs, enough));
      try {
        long last = 0;
        for (int check = 0; check < CHECKS; check++) {
          LogCheck.Finding finding = LogCheck.check(jobs.pool);
          assertThat(finding.troubles()).isEmpty();
          assertThat(finding.lastPosition()).isGreaterThan(last);
          last = finding.lastPosition();
        }
      } finally {
        enough.set(true);
      }
      writer.get();
    }
  }

  private static void write(JobFixture jobs, AtomicBoolean enough) {
    while (!enough.get()) {
      jobs.set(jobs.run(StateType.RUNNING), StateType.COMPLETED);
    }
  }
}
