package io.annals.app.http;

import io.annals.command.deployment.DeploymentCommand.NewSchedule;
import io.annals.command.deployment.DeploymentCommand.ScheduleChange;
import io.annals.query.request.CheckedBy;
import io.annals.query.request.Default;
import io.annals.query.request.MoreThan;
import io.annals.query.request.ValueCheck;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Schedules of deployments as clients send them. */
final class ScheduleBodies {
  private ScheduleBodies() {}

  /** A schedule as it is added. */
  record New(
      @Default("true") boolean active,
      ScheduleBody schedule,
      @MoreThan(0) @CheckedBy(RunBound.class) @Nullable Integer maxScheduledRuns,
      @Default("{}") ObjectNode parameters,
      @Nullable String slug,
      @Nullable String replaces) {
    NewSchedule added(Instant now) {
      return new NewSchedule(schedule.schedule(now), active, maxScheduledRuns, parameters, slug);
    }

    /** A bound on the number of runs is not taken over with the deployment, as in Prefect. */
    NewSchedule deployed(Instant now) {
      return new NewSchedule(schedule.schedule(now), active, null, parameters, slug);
    }
  }

  /** What is to be different about a schedule. */
  record Update(
      @Nullable Boolean active,
      @Nullable ScheduleBody schedule,
      @MoreThan(0) @CheckedBy(RunBound.class) @Nullable Integer maxScheduledRuns,
      @Default("{}") ObjectNode parameters,
      @Nullable String slug,
      @Nullable String replaces) {
    ScheduleChange change(Instant now) {
      return new ScheduleChange(
          schedule == null ? null : schedule.schedule(now),
          active,
          maxScheduledRuns,
          parameters,
          slug,
          replaces);
    }
  }

  /** How many runs a client may ask to be planned at a time. */
  static final class RunBound implements ValueCheck<Integer> {
    private final ScheduleLimits limits;

    RunBound() {
      this(ScheduleLimits.DEFAULT);
    }

    RunBound(ScheduleLimits limits) {
      this.limits = limits;
    }

    @Override
    public Optional<Finding> check(Integer value) {
      return value <= limits.maxScheduledRuns()
          ? Optional.empty()
          : Optional.of(
              Finding.valueError(
                  "`max_scheduled_runs` must be less than or equal to %d."
                      .formatted(limits.maxScheduledRuns())));
    }
  }
}
