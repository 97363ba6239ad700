package io.annals.app.http;

import io.annals.command.schedule.ScheduleText;
import io.annals.command.schedule.TimeZones;
import io.annals.events.schedule.Schedule;
import io.annals.query.request.Branch;
import io.annals.query.request.CheckedBy;
import io.annals.query.request.Default;
import io.annals.query.request.OneOf;
import io.annals.query.request.Patch;
import io.annals.query.request.ValueCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schedule as a request names it: the kind whose fields fit. */
@OneOf({
  ScheduleBody.IntervalSchedule.class,
  ScheduleBody.CronSchedule.class,
  ScheduleBody.RRuleSchedule.class
})
sealed interface ScheduleBody {
  /**
   * The schedule that is kept, with everything that was left out.
   *
   * @param now where an interval is anchored, and a recurrence by the minute or second
   */
  Schedule schedule(Instant now);

  @Branch("function-after[validate_timezone(), IntervalSchedule]")
  record IntervalSchedule(
      @CheckedBy(Positive.class) Duration interval,
      Patch<OffsetDateTime> anchorDate,
      @Nullable String timezone)
      implements ScheduleBody {
    private static final double NANOS_PER_SECOND = 1e9;

    public IntervalSchedule {
      checkTimezone(timezone);
    }

    @Override
    public Schedule schedule(Instant now) {
      return new Schedule.IntervalSchedule(
          interval.getSeconds() + interval.getNano() / NANOS_PER_SECOND,
          anchorDate.or(now.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC)),
          timezone == null ? "UTC" : timezone);
    }
  }

  @Branch("function-after[validate_timezone(), CronSchedule]")
  record CronSchedule(
      @CheckedBy(Cron.class) String cron, @Nullable String timezone, @Default("true") boolean dayOr)
      implements ScheduleBody {
    public CronSchedule {
      checkTimezone(timezone);
    }

    @Override
    public Schedule schedule(Instant now) {
      return new Schedule.CronSchedule(cron, timezone, dayOr);
    }
  }

  @Branch("RRuleSchedule")
  record RRuleSchedule(
      @CheckedBy(Recurrence.class) String rrule,
      @Default("\"UTC\"") @CheckedBy(KnownZone.class) @Nullable String timezone)
      implements ScheduleBody {
    @Override
    public Schedule schedule(Instant now) {
      return new Schedule.RRuleSchedule(ScheduleText.withStart(rrule, timezone, now), timezone);
    }
  }

  private static void checkTimezone(@Nullable String timezone) {
    if (timezone != null && !timezone.isEmpty() && !TimeZones.all().contains(timezone)) {
      throw new IllegalArgumentException(
          "Invalid timezone: \"%s\" (specify in IANA tzdata format, for example, America/New_York)"
              .formatted(timezone));
    }
  }

  /** An interval must lead somewhere. */
  final class Positive implements ValueCheck<Duration> {
    @Override
    public Optional<Finding> check(Duration value) {
      return value.isPositive()
          ? Optional.empty()
          : Optional.of(Finding.valueError("interval must be positive"));
    }
  }

  /** An expression in croniter's dialect. */
  final class Cron implements ValueCheck<String> {
    @Override
    public Optional<Finding> check(String value) {
      return ScheduleText.cronProblem(value).map(Finding::valueError);
    }
  }

  /** Lines in dateutil's dialect. */
  final class Recurrence implements ValueCheck<String> {
    @Override
    public Optional<Finding> check(String value) {
      return ScheduleText.recurrenceProblem(value).map(Finding::valueError);
    }
  }

  /** Prefect checks the zone of a recurrence by a pattern of all names. */
  final class KnownZone implements ValueCheck<String> {
    private static final String PATTERN = String.join("|", TimeZones.all());

    @Override
    public Optional<Finding> check(String value) {
      return TimeZones.all().contains(value)
          ? Optional.empty()
          : Optional.of(
              new Finding(
                  "string_pattern_mismatch",
                  "String should match pattern '" + PATTERN + "'",
                  Map.of("pattern", PATTERN)));
    }
  }
}
