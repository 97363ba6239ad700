package io.annals.command.deployment;

import io.annals.command.deployment.DeploymentCommand.PlanRuns;
import io.annals.command.schedule.ScheduleDates;
import io.annals.events.schedule.Schedule;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which dates of a schedule get a run. Pure. */
final class PlannedDates {
  /** Of dates that nobody planned in time no more are looked at. */
  static final int MAX_MISSED = 1_000;

  private PlannedDates() {}

  /**
   * The dates that a command asks for, those that were missed first.
   *
   * @param plannedUntil how far the schedule was planned before; null when it never was
   */
  static List<OffsetDateTime> of(
      Schedule schedule, PlanRuns command, @Nullable Instant plannedUntil) {
    List<OffsetDateTime> dates = new ArrayList<>(missed(schedule, command, plannedUntil));
    int missed = dates.size();
    Instant enough = command.from().plus(command.minTime());
    for (OffsetDateTime date :
        ScheduleDates.dates(schedule, command.from(), command.until(), command.maxRuns())) {
      dates.add(date);
      if (dates.size() - missed >= command.minRuns() && !date.toInstant().isBefore(enough)) {
        break;
      }
    }
    return dates;
  }

  private static List<OffsetDateTime> missed(
      Schedule schedule, PlanRuns command, @Nullable Instant plannedUntil) {
    if (command.missed() == MissedDates.NONE
        || plannedUntil == null
        || !plannedUntil.isBefore(command.from())) {
      return List.of();
    }
    List<OffsetDateTime> dates =
        ScheduleDates.dates(
                schedule, /* from= */ plannedUntil, /* until= */ command.from(), MAX_MISSED)
            .stream()
            .filter(date -> date.toInstant().isAfter(plannedUntil))
            .filter(date -> date.toInstant().isBefore(command.from()))
            .toList();
    int wanted =
        command.missed() == MissedDates.LATEST ? 1 : Math.min(dates.size(), command.maxRuns());
    return dates.subList(Math.max(0, dates.size() - wanted), dates.size());
  }
}
