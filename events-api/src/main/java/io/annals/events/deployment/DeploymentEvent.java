package io.annals.events.deployment;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What happens to a deployment and its schedules, whose slugs are unique within it. */
public sealed interface DeploymentEvent extends DomainEvent {
  /** The deployment concerned. */
  UUID deploymentId();

  /** A flow was deployed under a name that none of its deployments had. */
  @StoredAs("deployment.created")
  record DeploymentCreated(
      UUID deploymentId, UUID flowId, String name, DeploymentDefinition definition)
      implements DeploymentEvent {}

  /**
   * A deployment was defined anew.
   *
   * @param definition all of it afterwards
   * @param changed the parts that differ from before, by their names in the API
   */
  @StoredAs("deployment.updated")
  record DeploymentUpdated(UUID deploymentId, DeploymentDefinition definition, List<String> changed)
      implements DeploymentEvent {}

  /** The schedules came to rest. */
  @StoredAs("deployment.paused")
  record DeploymentPaused(UUID deploymentId) implements DeploymentEvent {}

  /** The schedules go on. */
  @StoredAs("deployment.resumed")
  record DeploymentResumed(UUID deploymentId) implements DeploymentEvent {}

  /** All schedules there were gave way to these. */
  @StoredAs("deployment.schedules-replaced")
  record DeploymentSchedulesReplaced(UUID deploymentId, List<DeploymentSchedule> schedules)
      implements DeploymentEvent {}

  /** Schedules came to those there are. */
  @StoredAs("deployment.schedules-added")
  record DeploymentSchedulesAdded(UUID deploymentId, List<DeploymentSchedule> schedules)
      implements DeploymentEvent {}

  /** Some schedules were changed; this is all of them afterwards. */
  @StoredAs("deployment.schedules-changed")
  record DeploymentSchedulesChanged(UUID deploymentId, List<DeploymentSchedule> schedules)
      implements DeploymentEvent {}

  /** A schedule is gone; its slug is free again. */
  @StoredAs("deployment.schedule-removed")
  record DeploymentScheduleRemoved(UUID deploymentId, UUID scheduleId) implements DeploymentEvent {}

  /**
   * Runs were made of schedules as they were at that moment. It stands in the deployment's own
   * stream so that what is planned and what is changed at the same time cannot miss each other.
   */
  @StoredAs("deployment.runs-planned")
  record DeploymentRunsPlanned(UUID deploymentId, List<PlannedUntil> schedules)
      implements DeploymentEvent {
    /**
     * How far a schedule is planned.
     *
     * @param until the last date with a run
     * @param runs how many runs were made now
     */
    public record PlannedUntil(UUID scheduleId, Instant until, int runs) {}
  }

  /** Somebody asked for its runs for the first time in a while, or nobody did for a while. */
  @StoredAs("deployment.status-set")
  record DeploymentStatusSet(UUID deploymentId, DeploymentStatus status)
      implements DeploymentEvent {}

  /**
   * A deployment is gone with its schedules; its name is free again.
   *
   * @param announced whether Prefect's event stream tells of it; it keeps silent about those that
   *     went with their flow
   */
  @StoredAs("deployment.deleted")
  record DeploymentDeleted(UUID deploymentId, boolean announced) implements DeploymentEvent {}
}
