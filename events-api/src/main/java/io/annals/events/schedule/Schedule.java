package io.annals.events.schedule;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When runs are planned. Stored and shown by its fields alone, as Prefect does: which of them are
 * there says which kind it is.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(Schedule.IntervalSchedule.class),
  @JsonSubTypes.Type(Schedule.CronSchedule.class),
  @JsonSubTypes.Type(Schedule.RRuleSchedule.class)
})
public sealed interface Schedule {
  /** The IANA name of the zone whose clock the schedule follows; null or empty is UTC. */
  @Nullable String timezone();

  /**
   * Every so often, counted from an anchor.
   *
   * @param interval seconds, in whole microseconds, more than none
   * @param anchorDate keeps the offset in which it was sent
   */
  record IntervalSchedule(
      double interval,
      @JsonFormat(without = JsonFormat.Feature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          OffsetDateTime anchorDate,
      @Nullable String timezone)
      implements Schedule {}

  /**
   * At the times of a cron expression.
   *
   * @param cron in the dialect of croniter
   * @param dayOr whether one of day of month and day of week is enough where both are restricted
   */
  record CronSchedule(String cron, @Nullable String timezone, boolean dayOr) implements Schedule {}

  /**
   * At the times of a recurrence rule.
   *
   * @param rrule lines of iCalendar in the dialect of dateutil, with a DTSTART
   */
  record RRuleSchedule(String rrule, @Nullable String timezone) implements Schedule {}
}
