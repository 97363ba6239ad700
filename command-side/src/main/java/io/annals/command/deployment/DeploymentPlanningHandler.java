package io.annals.command.deployment;

import io.annals.command.decision.RefusedException;
import io.annals.command.deployment.DeploymentCommand.PlanRuns;
import io.annals.command.entity.Entities;
import io.annals.command.flowrun.PlanFlowRuns;
import io.annals.command.flowrun.PlanFlowRuns.PlannedRun;
import io.annals.command.flowrun.SystemLabels;
import io.annals.command.schedule.LocalDateText;
import io.annals.events.deployment.DeploymentDefinition;
import io.annals.events.deployment.DeploymentEvent;
import io.annals.events.deployment.DeploymentEvent.DeploymentRunsPlanned;
import io.annals.events.deployment.DeploymentEvent.DeploymentRunsPlanned.PlannedUntil;
import io.annals.events.deployment.DeploymentSchedule;
import io.annals.events.state.CreatedBy;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes runs of schedules. What is planned is decided on the deployment as it is, and recorded in
 * its stream together with the runs: of a planning and a change at the same time one comes first,
 * and the other is decided again. So there is at most one run per schedule and date.
 */
public final class DeploymentPlanningHandler {
  private static final Logger log = LoggerFactory.getLogger(DeploymentPlanningHandler.class);
  private static final String TAG = "auto-scheduled";

  private final Entities<Deployment, DeploymentEvent> deployments;
  private final FindPlannedKeys planned;
  private final PlanFlowRuns flowRuns;

  /** Plans for the given deployments. */
  public DeploymentPlanningHandler(
      Entities<Deployment, DeploymentEvent> deployments,
      FindPlannedKeys planned,
      PlanFlowRuns flowRuns) {
    this.deployments = deployments;
    this.planned = planned;
    this.flowRuns = flowRuns;
  }

  /** Makes the runs that are missing. */
  @CommandHandler
  public int handle(PlanRuns command) {
    List<PlannedRun> runs = new ArrayList<>();
    try {
      deployments.change(command.deploymentId(), deployment -> decide(deployment, command, runs));
    } catch (RefusedException gone) {
      return 0;
    }
    flowRuns.plan(runs);
    return runs.size();
  }

  private List<DeploymentEvent> decide(
      Deployment deployment, PlanRuns command, List<PlannedRun> runs) {
    if (deployment.definition().paused() && !command.evenIfPaused()) {
      return List.of();
    }
    List<PlannedUntil> plans = new ArrayList<>();
    for (DeploymentSchedule schedule : deployment.schedules()) {
      if (schedule.active()) {
        List<OffsetDateTime> dates = dates(deployment, schedule, command);
        List<PlannedRun> missing = missing(deployment, schedule, dates);
        runs.addAll(missing);
        dates.stream()
            .map(OffsetDateTime::toInstant)
            .max(Comparator.naturalOrder())
            .filter(last -> !missing.isEmpty())
            .ifPresent(last -> plans.add(new PlannedUntil(schedule.id(), last, missing.size())));
      }
    }
    return plans.isEmpty()
        ? List.of()
        : List.of(new DeploymentRunsPlanned(deployment.id(), List.copyOf(plans)));
  }

  /** A schedule that cannot be understood has no dates; the others go on. */
  private static List<OffsetDateTime> dates(
      Deployment deployment, DeploymentSchedule schedule, PlanRuns command) {
    try {
      return PlannedDates.of(
          schedule.schedule(), command, deployment.plannedUntil().get(schedule.id()));
    } catch (DateTimeException | IllegalArgumentException | JacksonException unreadable) {
      log.warn(
          "Schedule {} of deployment {} cannot be planned: {}",
          schedule.id(),
          deployment.id(),
          unreadable.getMessage());
      return List.of();
    }
  }

  private List<PlannedRun> missing(
      Deployment deployment, DeploymentSchedule schedule, List<OffsetDateTime> dates) {
    if (dates.isEmpty()) {
      return List.of();
    }
    List<String> keys = dates.stream().map(date -> key(deployment, schedule, date)).toList();
    Set<String> known = planned.of(deployment.flowId(), keys);
    List<PlannedRun> missing = new ArrayList<>();
    for (OffsetDateTime date : dates) {
      String key = key(deployment, schedule, date);
      if (!known.contains(key)) {
        missing.add(run(deployment, schedule, date, key));
      }
    }
    return missing;
  }

  /** Prefect's own, so that a database that moved here goes on where it was. */
  private static String key(
      Deployment deployment, DeploymentSchedule schedule, OffsetDateTime date) {
    return "scheduled %s %s %s".formatted(deployment.id(), schedule.id(), LocalDateText.of(date));
  }

  private static PlannedRun run(
      Deployment deployment, DeploymentSchedule schedule, OffsetDateTime date, String key) {
    DeploymentDefinition definition = deployment.definition();
    List<String> tags = new ArrayList<>(List.of(TAG));
    tags.addAll(definition.tags());
    return new PlannedRun(
        deployment.flowId(),
        deployment.id(),
        definition.version(),
        definition.workQueueId(),
        definition.workQueueName(),
        merged(definition.parameters(), schedule.parameters()),
        key,
        tags,
        SystemLabels.ofDeployment(definition.labels(), deployment.flowId(), deployment.id()),
        definition.infrastructureDocumentId(),
        new CreatedBy(schedule.id(), "SCHEDULE", shown(schedule)),
        date.toInstant());
  }

  private static ObjectNode merged(JsonNode below, JsonNode above) {
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    below.properties().forEach(part -> merged.set(part.getKey(), part.getValue()));
    above.properties().forEach(part -> merged.set(part.getKey(), part.getValue()));
    return merged;
  }

  private static String shown(DeploymentSchedule schedule) {
    String slug = Objects.requireNonNullElse(schedule.slug(), "");
    return slug.isEmpty() ? schedule.schedule().getClass().getSimpleName() : slug;
  }
}
