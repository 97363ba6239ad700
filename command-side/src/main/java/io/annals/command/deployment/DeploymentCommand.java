package io.annals.command.deployment;

import io.annals.command.decision.Change;
import io.annals.events.deployment.DeploymentStatus;
import io.annals.events.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What may be asked of deployments. */
public sealed interface DeploymentCommand {
  /**
   * Deploy a flow under a name, whether it is deployed so already or not. All schedules there were
   * give way to those given. Answers {@code Created}.
   */
  record DeployFlow(
      UUID flowId, String name, DeploymentChanges changes, List<NewSchedule> schedules)
      implements DeploymentCommand {}

  /** Change a deployment. No answer. */
  record UpdateDeployment(
      UUID deploymentId, DeploymentChanges changes, Change<List<ScheduleChange>> schedules)
      implements DeploymentCommand {}

  /** Let the schedules rest; what they have planned is taken back. No answer. */
  record PauseDeployment(UUID deploymentId) implements DeploymentCommand {}

  /** Let the schedules go on. No answer. */
  record ResumeDeployment(UUID deploymentId) implements DeploymentCommand {}

  /** Add schedules. Answers their ids as {@code List<UUID>}. */
  record AddSchedules(UUID deploymentId, List<NewSchedule> schedules)
      implements DeploymentCommand {}

  /** Change a schedule; what was planned ahead is taken back. No answer. */
  record ChangeSchedule(UUID deploymentId, UUID scheduleId, ScheduleChange change)
      implements DeploymentCommand {}

  /** Remove a schedule; what was planned is taken back. No answer. */
  record RemoveSchedule(UUID deploymentId, UUID scheduleId) implements DeploymentCommand {}

  /**
   * Make runs of the active schedules, until there are enough of each. Those there are already are
   * not made again. Answers how many were made; none for a deployment that is gone.
   *
   * @param from no run is earlier, except for those that are caught up with
   * @param until no run is later
   * @param minTime runs are made until at least so long after {@code from}
   * @param minRuns at least so many of each schedule
   * @param maxRuns at most so many of each schedule
   * @param missed what becomes of dates before {@code from} that nobody planned in time
   * @param evenIfPaused whether somebody asked for just this
   */
  record PlanRuns(
      UUID deploymentId,
      Instant from,
      Instant until,
      Duration minTime,
      int minRuns,
      int maxRuns,
      MissedDates missed,
      boolean evenIfPaused)
      implements DeploymentCommand {}

  /** Note that somebody asks for the runs, or that nobody does any more. No answer. */
  record SetDeploymentStatus(UUID deploymentId, DeploymentStatus status)
      implements DeploymentCommand {}

  /**
   * Delete a deployment, its runs that wait, and its own limit. No answer.
   *
   * @param announced whether Prefect's event stream tells of it
   */
  record DeleteDeployment(UUID deploymentId, boolean announced) implements DeploymentCommand {}

  /** A schedule as a client adds it. */
  record NewSchedule(
      Schedule schedule,
      boolean active,
      @Nullable Integer maxScheduledRuns,
      JsonNode parameters,
      @Nullable String slug) {}

  /**
   * What a client wants to be different about a schedule; null leaves a part as it is.
   *
   * @param parameters they take the place of those there are
   * @param slug the new one
   * @param replaces the slug that the schedule has had so far
   */
  record ScheduleChange(
      @Nullable Schedule schedule,
      @Nullable Boolean active,
      @Nullable Integer maxScheduledRuns,
      JsonNode parameters,
      @Nullable String slug,
      @Nullable String replaces) {}
}
