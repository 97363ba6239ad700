package io.annals.command.deployment;

import io.annals.command.entity.EntityKind;
import io.annals.events.deployment.DeploymentDefinition;
import io.annals.events.deployment.DeploymentEvent;
import io.annals.events.deployment.DeploymentEvent.DeploymentCreated;
import io.annals.events.deployment.DeploymentEvent.DeploymentDeleted;
import io.annals.events.deployment.DeploymentEvent.DeploymentPaused;
import io.annals.events.deployment.DeploymentEvent.DeploymentResumed;
import io.annals.events.deployment.DeploymentEvent.DeploymentRunsPlanned;
import io.annals.events.deployment.DeploymentEvent.DeploymentScheduleRemoved;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesAdded;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesChanged;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesReplaced;
import io.annals.events.deployment.DeploymentEvent.DeploymentStatusSet;
import io.annals.events.deployment.DeploymentEvent.DeploymentUpdated;
import io.annals.events.deployment.DeploymentSchedule;
import io.annals.events.deployment.DeploymentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A deployment with its schedules, in the order in which they were added.
 *
 * @param plannedUntil how far each schedule was planned since the deployment last changed
 */
public record Deployment(
    UUID id,
    UUID flowId,
    String name,
    DeploymentDefinition definition,
    DeploymentStatus status,
    List<DeploymentSchedule> schedules,
    Map<UUID, Instant> plannedUntil) {
  /** Deployments as entities. Their faces need facts from outside and come with each decision. */
  public static final EntityKind<Deployment, DeploymentEvent> KIND =
      new EntityKind<>(
          "deployment",
          DeploymentEvent.class,
          DeploymentEvent::deploymentId,
          Deployment::evolve,
          EntityKind.unseen());

  /** The deployment after an event; null before it was created and after it was deleted. */
  static @Nullable Deployment evolve(@Nullable Deployment deployment, DeploymentEvent event) {
    if (event instanceof DeploymentCreated created) {
      return created(created);
    }
    if (deployment == null) {
      throw new IllegalStateException(
          event.getClass().getSimpleName() + " before deployment " + event.deploymentId());
    }
    return switch (event) {
      case DeploymentCreated created -> created(created);
      case DeploymentUpdated updated -> deployment.with(updated.definition());
      case DeploymentPaused ignored -> deployment.with(paused(deployment.definition, true));
      case DeploymentResumed ignored -> deployment.with(paused(deployment.definition, false));
      case DeploymentSchedulesReplaced replaced -> deployment.with(replaced.schedules());
      case DeploymentSchedulesAdded added -> {
        List<DeploymentSchedule> all = new ArrayList<>(deployment.schedules);
        all.addAll(added.schedules());
        yield deployment.with(all);
      }
      case DeploymentSchedulesChanged changed -> {
        Map<UUID, DeploymentSchedule> byId =
            changed.schedules().stream()
                .collect(Collectors.toMap(DeploymentSchedule::id, Function.identity()));
        yield deployment.with(
            deployment.schedules.stream()
                .map(schedule -> byId.getOrDefault(schedule.id(), schedule))
                .toList());
      }
      case DeploymentScheduleRemoved removed ->
          deployment.with(
              deployment.schedules.stream()
                  .filter(schedule -> !schedule.id().equals(removed.scheduleId()))
                  .toList());
      case DeploymentStatusSet set ->
          new Deployment(
              deployment.id,
              deployment.flowId,
              deployment.name,
              deployment.definition,
              set.status(),
              deployment.schedules,
              deployment.plannedUntil);
      case DeploymentRunsPlanned planned -> deployment.planned(planned);
      case DeploymentDeleted ignored -> null;
    };
  }

  private static Deployment created(DeploymentCreated event) {
    return new Deployment(
        event.deploymentId(),
        event.flowId(),
        event.name(),
        event.definition(),
        DeploymentStatus.NOT_READY,
        List.of(),
        Map.of());
  }

  private Deployment with(DeploymentDefinition changed) {
    return new Deployment(id, flowId, name, changed, status, schedules, Map.of());
  }

  private Deployment with(List<DeploymentSchedule> changed) {
    return new Deployment(id, flowId, name, definition, status, List.copyOf(changed), Map.of());
  }

  private Deployment planned(DeploymentRunsPlanned event) {
    Map<UUID, Instant> until = new HashMap<>(plannedUntil);
    event.schedules().forEach(schedule -> until.put(schedule.scheduleId(), schedule.until()));
    return new Deployment(id, flowId, name, definition, status, schedules, Map.copyOf(until));
  }

  private static DeploymentDefinition paused(DeploymentDefinition definition, boolean paused) {
    return new DeploymentDefinition(
        definition.version(),
        definition.description(),
        definition.tags(),
        definition.labels(),
        definition.parameters(),
        definition.parameterOpenapiSchema(),
        definition.enforceParameterSchema(),
        definition.pullSteps(),
        definition.path(),
        definition.entrypoint(),
        paused,
        definition.workQueueId(),
        definition.workQueueName(),
        definition.storageDocumentId(),
        definition.infrastructureDocumentId(),
        definition.jobVariables(),
        definition.concurrencyLimitId(),
        definition.concurrencyOptions());
  }
}
