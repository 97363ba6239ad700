package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.deployment.MissedDates;
import io.annals.query.deployment.PlanningQueries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of dates that passed while no server planned: ANNALS_MISSED_DATES. */
class CatchUpTest {
  private static final Instant NOON = Instant.parse("2027-01-10T12:00:00Z");
  private static final Duration OUTAGE = Duration.ofHours(10);
  @TempDir static Path home;

  private static JobFixture jobs;

  @BeforeAll
  static void start() {
    jobs = new JobFixture(home);
  }

  @AfterAll
  static void stop() {
    jobs.close();
  }

  /** Before the outage there are runs at 12, 13 and 14 o'clock. It ends at 22 o'clock. */
  @Test
  void with_none_they_are_over() {
    assertThat(madeUpFor(MissedDates.NONE)).isEmpty();
  }

  @Test
  void with_latest_the_last_one_gets_its_run() {
    assertThat(madeUpFor(MissedDates.LATEST)).containsExactly(oClock(21));
  }

  @Test
  void with_all_each_gets_its_run_once() {
    assertThat(madeUpFor(MissedDates.ALL))
        .containsExactly(
            oClock(15), oClock(16), oClock(17), oClock(18), oClock(19), oClock(20), oClock(21));
  }

  private static List<Instant> madeUpFor(MissedDates missed) {
    UUID deployment = jobs.deploy("hourly, " + missed, "0 * * * *");
    scheduler(missed).run(NOON);
    Instant back = NOON.plus(OUTAGE);
    scheduler(missed).run(back);
    scheduler(missed).run(back.plusSeconds(60));
    List<Instant> runs =
        jobs.jdbc
            .sql(
                "SELECT expected_start_time FROM flow_run WHERE deployment_id = ?"
                    + " ORDER BY expected_start_time")
            .param(deployment)
            .query((row, index) -> row.getTimestamp(1).toInstant())
            .list();
    assertThat(runs)
        .contains(oClock(12), oClock(13), oClock(14), oClock(22), oClock(23))
        .doesNotHaveDuplicates();
    return runs.stream()
        .filter(start -> start.isAfter(oClock(14)) && start.isBefore(back))
        .toList();
  }

  private static Instant oClock(int hour) {
    return NOON.plus(Duration.ofHours(hour - 12L));
  }

  private static ScheduleRuns scheduler(MissedDates missed) {
    return ScheduleRuns.all(
        jobs.node.part(PlanningQueries.class),
        jobs.commands("schedule-runs"),
        new ScheduleRuns.Settings(
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            100,
            3,
            10,
            Duration.ofHours(1),
            Duration.ofDays(100),
            missed));
  }
}
