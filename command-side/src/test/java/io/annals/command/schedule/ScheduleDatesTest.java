package io.annals.command.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.events.schedule.Schedule;
import io.annals.events.schedule.Schedule.CronSchedule;
import io.annals.events.schedule.Schedule.IntervalSchedule;
import io.annals.events.schedule.Schedule.RRuleSchedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates where clocks change, and the corners of the dialects. */
class ScheduleDatesTest {
  private static final String NEW_YORK = "America/New_York";
  private static final int HOUR = 3_600;
  private static final int DAY = 24 * HOUR;

  private static List<String> dates(Schedule schedule, String from, int count) {
    return ScheduleDates.dates(schedule, Instant.parse(from), null, count).stream()
        .map(LocalDateText::of)
        .toList();
  }

  private static Schedule every(double seconds, String anchor) {
    return new IntervalSchedule(seconds, OffsetDateTime.parse(anchor), NEW_YORK);
  }

  private static Schedule cron(String cron) {
    return new CronSchedule(cron, NEW_YORK, true);
  }

  private static Schedule rrule(String rrule) {
    return new RRuleSchedule(rrule, NEW_YORK);
  }

  @Test
  void a_daily_interval_keeps_the_time_on_the_clock_in_spring() {
    assertThat(dates(every(DAY, "2026-03-01T09:00:00-05:00"), "2026-03-07T00:00:00Z", 3))
        .containsExactly(
            "2026-03-07 09:00:00-05:00", "2026-03-08 09:00:00-04:00", "2026-03-09 09:00:00-04:00");
  }

  @Test
  void a_daily_interval_keeps_the_time_on_the_clock_in_autumn() {
    assertThat(dates(every(DAY, "2026-10-01T09:00:00-04:00"), "2026-10-31T00:00:00Z", 2))
        .containsExactly("2026-10-31 09:00:00-04:00", "2026-11-01 09:00:00-05:00");
  }

  @Test
  void half_a_day_is_absolute_time() {
    assertThat(dates(every(12 * HOUR, "2026-03-07T09:00:00-05:00"), "2026-03-07T14:00:00Z", 4))
        .containsExactly(
            "2026-03-07 09:00:00-05:00",
            "2026-03-07 21:00:00-05:00",
            "2026-03-08 10:00:00-04:00",
            "2026-03-08 22:00:00-04:00");
  }

  @Test
  void a_daily_interval_in_the_hour_that_spring_skips_moves_on_and_stays_there() {
    assertThat(dates(every(DAY, "2026-03-01T02:30:00-05:00"), "2026-03-07T00:00:00Z", 3))
        .containsExactly(
            "2026-03-07 02:30:00-05:00", "2026-03-08 03:30:00-04:00", "2026-03-09 03:30:00-04:00");
  }

  @Test
  void a_daily_interval_in_the_hour_that_autumn_repeats_means_the_second() {
    assertThat(dates(every(DAY, "2026-10-01T01:30:00-04:00"), "2026-10-31T06:00:00Z", 2))
        .containsExactly("2026-11-01 01:30:00-05:00", "2026-11-02 01:30:00-05:00");
  }

  @Test
  void an_hourly_interval_loses_the_second_of_a_repeated_hour() {
    assertThat(dates(every(HOUR, "2026-10-01T00:00:00-04:00"), "2026-11-01T04:00:00Z", 4))
        .containsExactly(
            "2026-11-01 00:00:00-04:00",
            "2026-11-01 01:00:00-04:00",
            "2026-11-01 02:00:00-05:00",
            "2026-11-01 03:00:00-05:00");
  }

  @Test
  void an_anchor_in_the_future_has_dates_before_it() {
    assertThat(dates(every(HOUR, "2026-06-01T00:30:00-04:00"), "2026-05-01T04:00:00Z", 2))
        .containsExactly("2026-05-01 00:30:00-04:00", "2026-05-01 01:30:00-04:00");
  }

  @Test
  void intervals_may_be_fractions_of_a_second() {
    assertThat(dates(every(0.5, "2026-05-01T00:00:00.000001Z"), "2026-05-01T04:00:00Z", 2))
        .containsExactly("2026-05-01 00:00:00.000001-04:00", "2026-05-01 00:00:00.500001-04:00");
  }

  @Test
  void a_cron_time_that_spring_skips_comes_an_hour_early() {
    assertThat(dates(cron("30 2 * * *"), "2026-03-08T05:00:00Z", 2))
        .containsExactly("2026-03-08 01:30:00-05:00", "2026-03-09 02:30:00-04:00");
  }

  @Test
  void hours_that_spring_skips_fall_together_with_their_neighbours() {
    assertThat(dates(cron("0 * * * *"), "2026-03-08T06:00:00Z", 2))
        .containsExactly("2026-03-08 01:00:00-05:00", "2026-03-08 03:00:00-04:00");
  }

  @Test
  void of_a_repeated_hour_only_the_first_is_meant() {
    assertThat(dates(cron("*/30 * * * *"), "2026-11-01T05:00:00Z", 3))
        .containsExactly(
            "2026-11-01 01:00:00-04:00", "2026-11-01 01:30:00-04:00", "2026-11-01 02:00:00-05:00");
  }

  @Test
  void a_start_in_the_repeated_hour_may_be_after_its_first_date() {
    assertThat(dates(cron("*/30 * * * *"), "2026-11-01T06:10:00Z", 1))
        .containsExactly("2026-11-01 01:30:00-04:00");
  }

  @Test
  void a_start_that_matches_is_a_date_and_one_a_moment_later_is_not() {
    assertThat(dates(cron("0 9 * * *"), "2026-05-01T13:00:00Z", 1))
        .containsExactly("2026-05-01 09:00:00-04:00");
    assertThat(dates(cron("0 9 * * *"), "2026-05-01T13:00:00.000001Z", 1))
        .containsExactly("2026-05-02 09:00:00-04:00");
  }

  @Test
  void both_day_fields_count_alone_or_together() {
    assertThat(dates(new CronSchedule("0 0 13 * fri", null, true), "2026-02-01T00:00:00Z", 3))
        .containsExactly(
            "2026-02-06 00:00:00+00:00", "2026-02-13 00:00:00+00:00", "2026-02-20 00:00:00+00:00");
    assertThat(dates(new CronSchedule("0 0 13 * fri", null, false), "2026-02-01T00:00:00Z", 2))
        .containsExactly("2026-02-13 00:00:00+00:00", "2026-03-13 00:00:00+00:00");
  }

  @Test
  void a_date_that_never_comes_ends_the_dates() {
    assertThat(dates(cron("0 0 30 2 *"), "2026-01-01T00:00:00Z", 1)).isEmpty();
    assertThat(dates(cron("0 0 1 1 * 0 2027"), "2026-06-01T00:00:00Z", 9))
        .containsExactly("2027-01-01 00:00:00-05:00");
  }

  @Test
  void the_steps_of_a_wrapping_range_go_on_after_the_turn() {
    assertThat(dates(cron("59-10/7 0 * * *"), "2026-05-01T04:00:00Z", 3))
        .containsExactly(
            "2026-05-01 00:07:00-04:00", "2026-05-01 00:59:00-04:00", "2026-05-02 00:07:00-04:00");
  }

  @ParameterizedTest
  @CsvSource({
    "@weekly, 2026-05-03 00:00:00-04:00",
    "0 0 L * *, 2026-05-31 00:00:00-04:00",
    "0 0 28-L 2 *, 2027-02-28 00:00:00-05:00",
    "0 0 * * 5#3, 2026-05-15 00:00:00-04:00",
    "0 0 * * FRI#3, 2026-05-15 00:00:00-04:00",
    "0 0 * * L5, 2026-05-29 00:00:00-04:00",
    "0 0 ? * 7, 2026-05-03 00:00:00-04:00",
    "0 0 1 nov-feb *, 2026-11-01 00:00:00-04:00",
    "5-5 0 * * *, 2026-05-01 00:00:00-04:00",
    "0 0 * * * */15, 2026-05-01 00:00:00-04:00",
  })
  void the_dialect_has_its_own_signs(String cron, String first) {
    assertThat(dates(cron(cron), "2026-05-01T04:00:00Z", 1)).containsExactly(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * * * *",
        "60 * * * *",
        "* * 0 * *",
        "* * * 0 *",
        "* * * * 8",
        "0 0 L-3 * *",
        "0 0 15W * *",
        "0 0 * * mon,tue#2",
        "0 0 * * mon#6",
        "? * * * *",
        "H * * * *",
        "@reboot",
        "*/0 * * * *",
        "1,,2 * * * *",
      })
  void what_croniter_refuses_is_refused(String cron) {
    assertThat(ScheduleText.cronProblem(cron)).hasValue("Invalid cron string: \"" + cron + "\"");
  }

  @Test
  void random_expressions_are_refused_by_name() {
    assertThat(ScheduleText.cronProblem("R * * * *"))
        .hasValue("Random and Hashed expressions are unsupported, received: \"R * * * *\"");
  }

  @Test
  void a_recurrence_that_spring_skips_comes_an_hour_early() {
    assertThat(dates(rrule("FREQ=DAILY;BYHOUR=2;BYMINUTE=30"), "2026-03-08T05:00:00Z", 2))
        .containsExactly("2026-03-08 01:30:00-05:00", "2026-03-09 02:30:00-04:00");
  }

  @Test
  void an_hourly_recurrence_means_the_first_of_a_repeated_hour() {
    assertThat(dates(rrule("FREQ=HOURLY"), "2026-11-01T04:00:00Z", 3))
        .containsExactly(
            "2026-11-01 00:00:00-04:00", "2026-11-01 01:00:00-04:00", "2026-11-01 02:00:00-05:00");
  }

  @Test
  void zones_inside_a_recurrence_are_dropped() {
    assertThat(
            dates(
                rrule(
                    "RRULE:FREQ=DAILY;UNTIL=20260502T120000Z\nDTSTART:20260501T090000Z"
                        + "\nEXDATE:20260501T090000Z\nRDATE:20260507T110000"),
                "2026-05-01T00:00:00Z",
                9))
        .containsExactly("2026-05-02 09:00:00-04:00", "2026-05-07 11:00:00-04:00");
  }

  @Test
  void a_recurrence_may_run_out() {
    assertThat(
            dates(rrule("DTSTART:20260501T000000\nFREQ=DAILY;COUNT=2"), "2026-05-01T04:00:00Z", 9))
        .hasSize(2);
  }

  @Test
  void a_recurrence_by_the_second_does_not_walk_from_its_start() {
    assertThat(dates(rrule("DTSTART:20000101T000000\nFREQ=SECONDLY"), "2026-05-01T04:00:00Z", 1))
        .containsExactly("2026-05-01 00:00:00-04:00");
  }

  @Test
  void a_missing_start_is_the_beginning_of_2020_or_a_recent_time_in_step_with_it() {
    Instant now = Instant.parse("2026-11-26T11:04:55Z");
    assertThat(ScheduleText.withStart("FREQ=DAILY", "UTC", now))
        .isEqualTo("DTSTART:20200101T000000\nFREQ=DAILY");
    assertThat(ScheduleText.withStart("FREQ=MINUTELY", NEW_YORK, now))
        .isEqualTo("DTSTART:20261126T060400\nFREQ=MINUTELY");
    assertThat(ScheduleText.withStart("FREQ=SECONDLY;INTERVAL=7;COUNT=9", "UTC", now))
        .isEqualTo("DTSTART:20200101T000000\nFREQ=SECONDLY;INTERVAL=7;COUNT=9");
    assertThat(ScheduleText.withStart("RRULE:FREQ=MINUTELY\nEXDATE:20260101", "UTC", now))
        .startsWith("DTSTART:20200101T000000\n");
    assertThat(ScheduleText.withStart("DTSTART:20260101\nFREQ=DAILY", "UTC", now))
        .isEqualTo("DTSTART:20260101\nFREQ=DAILY");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | not enough values to unpack (expected 2, got 1)",
        "FREQ=SOMETIMES | invalid 'FREQ': SOMETIMES",
        "FREQ=DAILY;EVERY=2 | unknown parameter 'EVERY'",
        "FREQ=DAILY;COUNT=x | invalid 'COUNT': X",
        "FREQ=DAILY;BYHOUR=25 | hour must be in 0..23",
        "FREQ=DAILY;BYSETPOS=0 | bysetpos must be between 1 and 366, or between -366 and -1",
        "FREQ=HOURLY;INTERVAL=2;BYHOUR=1 | Invalid rrule byxxx generates an empty set.",
      })
  void what_dateutil_refuses_is_refused_in_its_words(String rrule, String reason) {
    assertThat(ScheduleText.recurrenceProblem(rrule))
        .hasValue("Invalid RRule string \"" + rrule + "\": " + reason);
  }

  @Test
  void a_recurrence_may_be_long_but_not_longer() {
    String rule = "FREQ=DAILY;BYMONTHDAY=" + "1,".repeat(3_300) + "1";
    assertThat(ScheduleText.recurrenceProblem(rule))
        .hasValue(
            "Invalid RRule string \"FREQ=DAILY;BYMONTHDAY=1,1,1,1,1,1,1,1,1,...\"\n"
                + "Max length is 6500, got "
                + rule.length());
  }

  @Test
  void no_date_is_after_the_end() {
    assertThat(
            ScheduleDates.dates(
                cron("0 * * * *"),
                Instant.parse("2026-05-01T04:00:00Z"),
                Instant.parse("2026-05-01T06:00:00Z"),
                100))
        .hasSize(3);
  }

  @Test
  void a_zone_must_exist() {
    Schedule nowhere = new CronSchedule("* * * * *", "Mars/Olympus", true);
    assertThatThrownBy(() -> dates(nowhere, "2026-05-01T04:00:00Z", 1))
        .isInstanceOf(DateTimeException.class);
  }
}
