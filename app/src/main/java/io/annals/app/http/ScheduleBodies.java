package io.annals.app.http;

import io.annals.command.deployment.DeploymentCommand.NewSchedule;
import io.annals.command.deployment.DeploymentCommand.ScheduleChange;
import io.annals.query.request.Default;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Schedules of deployments as clients send them. */
final class ScheduleBodies {
  private ScheduleBodies() {}

  /** A schedule as it is added. */
  record New(
      @Default("true") boolean active,
      ObjectNode schedule,
      @Nullable Integer maxScheduledRuns,
      @Default("{}") ObjectNode parameters,
      @Nullable String slug,
      @Nullable String replaces) {
    NewSchedule schedule(boolean keepsBound) {
      return new NewSchedule(
          schedule, active, keepsBound ? maxScheduledRuns : null, parameters, slug);
    }
  }

  /** What is to be different about a schedule. */
  record Update(
      @Nullable Boolean active,
      @Nullable ObjectNode schedule,
      @Nullable Integer maxScheduledRuns,
      @Default("{}") ObjectNode parameters,
      @Nullable String slug,
      @Nullable String replaces) {
    ScheduleChange change() {
      return new ScheduleChange(schedule, active, maxScheduledRuns, parameters, slug, replaces);
    }
  }
}
