package io.annals.command.deployment;

import io.annals.command.entity.Labels;
import io.annals.command.flowrun.FindFlow;
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
import io.annals.events.deployment.DeploymentStatus;
import io.annals.events.log.Face;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How what happens to deployments looks in Prefect's event stream. */
final class DeploymentFaces {
  private static final String KIND = "deployment";
  private static final String POOL_TYPE = "prefect.work-pool.type";

  private final FindFlow findFlow;
  private final FindWorkPlace findWorkPlace;

  DeploymentFaces(FindFlow findFlow, FindWorkPlace findWorkPlace) {
    this.findFlow = findFlow;
    this.findWorkPlace = findWorkPlace;
  }

  /**
   * The face of an event; null where Prefect's server emits none: schedules come and go in silence.
   *
   * @param after the deployment after the event, or before its deletion
   * @param place a queue that may be too new to be found
   */
  @Nullable Face of(
      @Nullable Deployment before,
      Deployment after,
      DeploymentEvent event,
      UUID id,
      Instant occurred,
      @Nullable WorkPlace place) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    return switch (event) {
      case DeploymentCreated ignored -> face("created", after, nothing, id, occurred, place);
      case DeploymentUpdated ignored -> {
        ObjectNode updates = updates(before == null ? after : before, after);
        yield updates.path("updated_fields").isEmpty()
            ? null
            : face("updated", after, updates, id, occurred, place);
      }
      case DeploymentStatusSet set -> {
        String verb = set.status() == DeploymentStatus.READY ? "ready" : "not-ready";
        yield face(verb, after, nothing, id, occurred, place);
      }
      case DeploymentDeleted deleted ->
          deleted.announced() ? face("deleted", after, nothing, id, occurred, place) : null;
      case DeploymentPaused ignored -> null;
      case DeploymentRunsPlanned ignored -> null;
      case DeploymentResumed ignored -> null;
      case DeploymentSchedulesReplaced ignored -> null;
      case DeploymentSchedulesAdded ignored -> null;
      case DeploymentSchedulesChanged ignored -> null;
      case DeploymentScheduleRemoved ignored -> null;
    };
  }

  private Face face(
      String verb,
      Deployment deployment,
      ObjectNode payload,
      UUID id,
      Instant occurred,
      @Nullable WorkPlace place) {
    return new Face(
        id,
        occurred,
        "prefect." + KIND + "." + verb,
        Labels.resource(KIND, deployment.id(), deployment.name()),
        related(deployment, place),
        payload,
        null);
  }

  private List<Map<String, String>> related(Deployment deployment, @Nullable WorkPlace newPlace) {
    DeploymentDefinition definition = deployment.definition();
    List<Map<String, String>> related = new ArrayList<>();
    findFlow
        .byId(deployment.flowId())
        .ifPresent(flow -> related.add(Labels.related("flow", "flow", flow.id(), flow.name())));
    WorkPlace place = place(definition.workQueueId(), newPlace);
    if (place != null) {
      related.add(Labels.related("work-queue", "work-queue", place.queueId(), place.queueName()));
      Map<String, String> pool =
          Labels.related("work-pool", "work-pool", place.poolId(), place.poolName());
      pool.put(POOL_TYPE, place.poolType());
      related.add(pool);
    }
    unnamed(related, "storage", "block-document", definition.storageDocumentId());
    unnamed(related, "infrastructure", "block-document", definition.infrastructureDocumentId());
    unnamed(related, "concurrency-limit", "concurrency-limit", definition.concurrencyLimitId());
    return related;
  }

  private @Nullable WorkPlace place(@Nullable UUID queueId, @Nullable WorkPlace newPlace) {
    if (queueId == null) {
      return null;
    }
    return newPlace != null && newPlace.queueId().equals(queueId)
        ? newPlace
        : findWorkPlace.ofQueue(queueId).orElse(null);
  }

  private static void unnamed(
      List<Map<String, String>> related, String role, String kind, @Nullable UUID id) {
    if (id != null) {
      related.add(Labels.related(role, kind, id, null));
    }
  }

  private static ObjectNode updates(Deployment before, Deployment after) {
    Map<String, @Nullable Object> was = DefinitionChange.announced(before.definition());
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    ArrayNode fields = payload.putArray("updated_fields");
    ObjectNode updates = payload.putObject("updates");
    DefinitionChange.announced(after.definition())
        .forEach(
            (field, value) -> {
              if (!SameJson.same(was.get(field), value)) {
                fields.add(field);
                ObjectNode update = updates.putObject(field);
                update.set("from", SameJson.tree(was.get(field)));
                update.set("to", SameJson.tree(value));
              }
            });
    return payload;
  }
}
