package io.annals.command.deployment;

import io.annals.command.decision.Change;
import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.deployment.DeploymentCommand.AddSchedules;
import io.annals.command.deployment.DeploymentCommand.ChangeSchedule;
import io.annals.command.deployment.DeploymentCommand.DeleteDeployment;
import io.annals.command.deployment.DeploymentCommand.DeployFlow;
import io.annals.command.deployment.DeploymentCommand.PauseDeployment;
import io.annals.command.deployment.DeploymentCommand.RemoveSchedule;
import io.annals.command.deployment.DeploymentCommand.ResumeDeployment;
import io.annals.command.deployment.DeploymentCommand.SetDeploymentStatus;
import io.annals.command.deployment.DeploymentCommand.UpdateDeployment;
import io.annals.command.deployment.FindWorkPlace.Pool;
import io.annals.command.deployment.JobVariables.Demand;
import io.annals.command.entity.Entities;
import io.annals.command.entity.EntityKind.Faces;
import io.annals.command.flowrun.FindFlow.FlowFacts;
import io.annals.command.flowrun.SystemLabels;
import io.annals.command.flowrun.TakeBackRuns.Which;
import io.annals.events.deployment.DeploymentDefinition;
import io.annals.events.deployment.DeploymentEvent;
import io.annals.events.deployment.DeploymentEvent.DeploymentCreated;
import io.annals.events.deployment.DeploymentEvent.DeploymentDeleted;
import io.annals.events.deployment.DeploymentEvent.DeploymentPaused;
import io.annals.events.deployment.DeploymentEvent.DeploymentResumed;
import io.annals.events.deployment.DeploymentEvent.DeploymentStatusSet;
import io.annals.events.deployment.DeploymentEvent.DeploymentUpdated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes commands about deployments: gathers facts, decides, and records. What schedules have
 * planned from the deployment as it was is taken back in the same breath.
 */
public final class DeploymentHandler {

  private final Entities<Deployment, DeploymentEvent> deployments;
  private final DeploymentPorts ports;
  private final Placement placement;
  private final OwnLimit ownLimit;
  private final DeploymentFaces faces;
  private final UpdateChecks checks;
  private final KeyedLocks locks;
  private final Supplier<UUID> ids;

  /**
   * A handler of all commands about deployments.
   *
   * @param locks its own: handlers that it calls may hold others
   * @param ids makes ids that were never made before
   */
  public DeploymentHandler(
      Entities<Deployment, DeploymentEvent> deployments,
      DeploymentPorts ports,
      KeyedLocks locks,
      Supplier<UUID> ids) {
    this.deployments = deployments;
    this.ports = ports;
    this.placement = new Placement(ports.findWorkPlace(), ports.addWorkQueue());
    this.ownLimit = new OwnLimit(ports.findLimit(), ports.limits());
    this.faces = new DeploymentFaces(ports.findFlow(), ports.findWorkPlace());
    this.checks = new UpdateChecks(ports);
    this.locks = locks;
    this.ids = ids;
  }

  /** Deploys a flow under a name. */
  @CommandHandler
  public Created handle(DeployFlow command) {
    locks.holdUntilFinished(DeployFlow.class, command.flowId(), command.name());
    DeploymentChanges changes = command.changes();
    requireJobVariables(changes);
    requireSharedLimit(changes);
    Change<@Nullable WorkPlace> place = placement.of(changes);
    requireBlocks(changes);
    FlowFacts flow =
        ports.findFlow().byId(command.flowId()).orElseThrow(Refusal.INTEGRITY::asException);
    JsonNode labels = labels(flow, changes);
    Optional<UUID> existing = ports.findByName().idOf(command.flowId(), command.name());
    if (existing.isPresent()) {
      change(
          existing.get(),
          deployment -> {
            List<DeploymentEvent> events =
                new ArrayList<>(redefined(deployment, changes, parameters(changes), labels, place));
            events.addAll(ScheduleDecider.replace(deployment, command.schedules(), ids));
            return events;
          },
          place.or(null),
          Which.PLANNED_AHEAD);
      return new Created(existing.get(), false);
    }
    return new Created(begin(command, labels, place), true);
  }

  private UUID begin(DeployFlow command, JsonNode labels, Change<@Nullable WorkPlace> place) {
    UUID id = ids.get();
    UUID limit = ownLimit.after(id, null, command.changes());
    DeploymentDefinition definition =
        DefinitionChange.of(
            DefinitionChange.BLANK,
            command.changes(),
            parameters(command.changes()),
            labels,
            queueOf(place),
            limit);
    List<DeploymentEvent> events = new ArrayList<>();
    events.add(new DeploymentCreated(id, command.flowId(), command.name(), definition));
    events.addAll(ScheduleDecider.begin(id, command.schedules(), ids));
    deployments.begin(events, facesWith(place.or(null)));
    return id;
  }

  /** Changes a deployment. */
  @CommandHandler
  public void handle(UpdateDeployment command) {
    DeploymentChanges changes = command.changes();
    Optional<Pool> pool = placement.pool(changes);
    checks.requireJobVariables(pool.orElse(null), changes);
    requireSharedLimit(changes);
    Change<@Nullable WorkPlace> place = placement.of(changes);
    change(
        command.deploymentId(),
        deployment -> {
          JsonNode parameters = checks.parameters(deployment.definition(), changes);
          JsonNode labels = deployment.definition().labels();
          List<DeploymentEvent> events =
              new ArrayList<>(redefined(deployment, changes, parameters, labels, place));
          command
              .schedules()
              .ifGiven(given -> events.addAll(ScheduleDecider.update(deployment, given, ids)));
          return events;
        },
        place.or(null),
        Which.PLANNED_AHEAD);
  }

  /** Lets the schedules rest. */
  @CommandHandler
  public void handle(PauseDeployment command) {
    deployments.change(
        command.deploymentId(),
        deployment ->
            deployment.definition().paused()
                ? List.of()
                : List.of(new DeploymentPaused(deployment.id())),
        facesWith(null));
    // Taken back even if nothing changed: a scheduler may have been at work just before.
    ports.takeBackRuns().takeBack(command.deploymentId(), Which.PLANNED);
  }

  /** Lets the schedules go on. */
  @CommandHandler
  public void handle(ResumeDeployment command) {
    deployments.change(
        command.deploymentId(),
        deployment ->
            deployment.definition().paused()
                ? List.of(new DeploymentResumed(deployment.id()))
                : List.of(),
        facesWith(null));
  }

  /** Adds schedules. */
  @CommandHandler
  public List<UUID> handle(AddSchedules command) {
    List<UUID> added = new ArrayList<>();
    deployments.change(
        command.deploymentId(),
        deployment -> ScheduleDecider.add(deployment, command.schedules(), () -> next(added)),
        facesWith(null));
    return added;
  }

  private UUID next(List<UUID> given) {
    UUID id = ids.get();
    given.add(id);
    return id;
  }

  /** Changes a schedule. */
  @CommandHandler
  public void handle(ChangeSchedule command) {
    change(
        command.deploymentId(),
        deployment -> ScheduleDecider.change(deployment, command.scheduleId(), command.change()),
        null,
        Which.PLANNED_AHEAD);
  }

  /** Removes a schedule. */
  @CommandHandler
  public void handle(RemoveSchedule command) {
    change(
        command.deploymentId(),
        deployment -> ScheduleDecider.remove(deployment, command.scheduleId()),
        null,
        Which.PLANNED);
  }

  /** Notes whether somebody asks for the runs. */
  @CommandHandler
  public void handle(SetDeploymentStatus command) {
    deployments.change(
        command.deploymentId(),
        deployment ->
            deployment.status() == command.status()
                ? List.of()
                : List.of(new DeploymentStatusSet(deployment.id(), command.status())),
        facesWith(null));
  }

  /** Deletes a deployment. */
  @CommandHandler
  public void handle(DeleteDeployment command) {
    change(
        command.deploymentId(),
        deployment -> {
          ownLimit.end(deployment);
          return List.of(new DeploymentDeleted(deployment.id(), command.announced()));
        },
        null,
        Which.ALL);
  }

  private void change(
      UUID deploymentId,
      Function<Deployment, List<DeploymentEvent>> decide,
      @Nullable WorkPlace place,
      Which outdated) {
    if (deployments.change(deploymentId, decide, facesWith(place))) {
      ports.takeBackRuns().takeBack(deploymentId, outdated);
    }
  }

  private List<DeploymentEvent> redefined(
      Deployment deployment,
      DeploymentChanges changes,
      JsonNode parameters,
      JsonNode labels,
      Change<@Nullable WorkPlace> place) {
    DeploymentDefinition before = deployment.definition();
    UUID limit = ownLimit.after(deployment.id(), before.concurrencyLimitId(), changes);
    DeploymentDefinition after =
        DefinitionChange.of(before, changes, parameters, labels, queueOf(place), limit);
    List<String> changed = DefinitionChange.changed(before, after);
    return changed.isEmpty()
        ? List.of()
        : List.of(new DeploymentUpdated(deployment.id(), after, changed));
  }

  private Faces<Deployment, DeploymentEvent> facesWith(@Nullable WorkPlace place) {
    return (before, after, event, id, occurred) ->
        faces.of(before, after, event, id, occurred, place);
  }

  private static Change<@Nullable UUID> queueOf(Change<@Nullable WorkPlace> place) {
    return switch (place) {
      case Change.None<@Nullable WorkPlace> none -> Change.none();
      case Change.To<@Nullable WorkPlace> to ->
          Change.to(to.value() == null ? null : to.value().queueId());
    };
  }

  /** The flow's labels, then the one that names it, then the client's: later ones win. */
  private static JsonNode labels(FlowFacts flow, DeploymentChanges changes) {
    ObjectNode labels = SystemLabels.ofFlow(flow.labels(), flow.id());
    changes.labels().ifGiven(labels::setAll);
    return labels;
  }

  private static JsonNode parameters(DeploymentChanges changes) {
    return changes.parameters().or(JsonNodeFactory.instance.objectNode());
  }

  private void requireJobVariables(DeploymentChanges changes) {
    Optional<Pool> pool = placement.pool(changes);
    if (pool.isEmpty() || !(changes.jobVariables() instanceof Change.To<JsonNode>(var given))) {
      return;
    }
    if (given.isEmpty()) {
      return;
    }
    ports
        .jobVariables()
        .problem(pool.get().baseJobTemplate(), Demand.SOME_OF_THEM, given)
        .ifPresent(
            problem -> {
              throw DeploymentRefusals.unprocessable("Error creating deployment: " + problem)
                  .asException();
            });
  }

  private void requireSharedLimit(DeploymentChanges changes) {
    UUID shared = changes.globalConcurrencyLimitId().or(null);
    if (shared != null && ports.findLimit().byId(shared).isEmpty()) {
      throw DeploymentRefusals.LIMIT_MISSING.asException();
    }
  }

  private void requireBlocks(DeploymentChanges changes) {
    requireBlock("infrastructure", changes.infrastructureDocumentId().or(null));
    requireBlock("storage", changes.storageDocumentId().or(null));
  }

  private void requireBlock(String role, @Nullable UUID blockDocumentId) {
    if (blockDocumentId != null && ports.findBlock().dataOf(blockDocumentId).isEmpty()) {
      throw DeploymentRefusals.blockMissing(role, blockDocumentId).asException();
    }
  }
}
