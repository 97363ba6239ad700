package io.annals.command.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.deployment.DeploymentCommand.PlanRuns;
import io.annals.events.schedule.Schedule.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which dates of an hourly schedule get a run, also when nobody planned for a while. */
class PlannedDatesTest {
  private static final Instant NOON = Instant.parse("2027-01-10T12:00:00Z");
  private static final int MIN_RUNS = 3;
  private static final int MAX_RUNS = 5;

  @Test
  void what_nobody_planned_in_time_is_over_for_none() {
    assertThat(planned(MissedDates.NONE, NOON.minus(Duration.ofHours(4))))
        .containsExactlyElementsOf(hours(0, 3));
  }

  @Test
  void the_last_date_is_made_up_for_with_latest() {
    assertThat(planned(MissedDates.LATEST, NOON.minus(Duration.ofHours(4))))
        .containsExactlyElementsOf(together(hours(-1, 0), hours(0, 3)));
  }

  @Test
  void every_date_is_made_up_for_with_all_oldest_first() {
    assertThat(planned(MissedDates.ALL, NOON.minus(Duration.ofHours(4))))
        .containsExactlyElementsOf(together(hours(-3, 0), hours(0, 3)));
  }

  @Test
  void of_more_dates_than_are_ever_planned_at_once_all_takes_the_latest() {
    assertThat(planned(MissedDates.ALL, NOON.minus(Duration.ofDays(2))))
        .containsExactlyElementsOf(together(hours(-MAX_RUNS, 0), hours(0, 3)));
  }

  @Test
  void the_date_up_to_which_was_planned_is_not_planned_again() {
    Instant planned = NOON.minus(Duration.ofHours(1));
    assertThat(planned(MissedDates.ALL, planned)).containsExactlyElementsOf(hours(0, 3));
    assertThat(planned(MissedDates.LATEST, planned)).containsExactlyElementsOf(hours(0, 3));
  }

  @Test
  void nothing_was_missed_while_runs_are_planned_ahead() {
    Instant ahead = NOON.plus(Duration.ofHours(2));
    assertThat(planned(MissedDates.ALL, ahead)).containsExactlyElementsOf(hours(0, 3));
    assertThat(planned(MissedDates.LATEST, ahead)).containsExactlyElementsOf(hours(0, 3));
  }

  @Test
  void a_schedule_that_was_never_planned_has_missed_nothing() {
    assertThat(planned(MissedDates.ALL, null)).containsExactlyElementsOf(hours(0, 3));
    assertThat(planned(MissedDates.LATEST, null)).containsExactlyElementsOf(hours(0, 3));
  }

  @Test
  void after_a_very_long_outage_only_so_many_dates_are_looked_at() {
    Instant longAgo = NOON.minus(Duration.ofHours(PlannedDates.MAX_MISSED + 100));
    assertThat(planned(MissedDates.ALL, longAgo)).hasSize(MAX_RUNS + MIN_RUNS);
  }

  private static List<Instant> planned(MissedDates missed, @Nullable Instant plannedUntil) {
    PlanRuns command =
        new PlanRuns(
            new UUID(0, 1),
            NOON,
            NOON.plus(Duration.ofDays(100)),
            Duration.ofHours(1),
            MIN_RUNS,
            MAX_RUNS,
            missed,
            false);
    return PlannedDates.of(new CronSchedule("0 * * * *", null, true), command, plannedUntil)
        .stream()
        .map(OffsetDateTime::toInstant)
        .toList();
  }

  /** Full hours before and after noon, without the last. */
  private static List<Instant> hours(int from, int until) {
    return IntStream.range(from, until)
        .mapToObj(hour -> NOON.plus(Duration.ofHours(hour)))
        .toList();
  }

  private static List<Instant> together(List<Instant> missed, List<Instant> ahead) {
    return Stream.concat(missed.stream(), ahead.stream()).toList();
  }
}
