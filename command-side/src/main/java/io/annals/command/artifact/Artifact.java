package io.annals.command.artifact;

import io.annals.command.entity.EntityKind;
import io.annals.command.entity.Labels;
import io.annals.events.artifact.ArtifactEvent;
import io.annals.events.artifact.ArtifactEvent.ArtifactAdopted;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionAdvanced;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionEnded;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionFellBack;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionStarted;
import io.annals.events.artifact.ArtifactEvent.ArtifactCreated;
import io.annals.events.artifact.ArtifactEvent.ArtifactDeleted;
import io.annals.events.artifact.ArtifactEvent.ArtifactUpdated;
import io.annals.events.log.Face;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An artifact. */
public record Artifact(
    UUID id,
    @Nullable String key,
    @Nullable String type,
    @Nullable String description,
    JsonNode data,
    @Nullable Map<String, String> metadata,
    @Nullable UUID flowRunId,
    @Nullable UUID taskRunId) {
  /** Artifacts as entities. */
  public static final EntityKind<Artifact, ArtifactEvent> KIND =
      new EntityKind<>(
          "artifact",
          ArtifactEvent.class,
          ArtifactEvent::artifactId,
          Artifact::evolve,
          Artifact::face);

  /** The artifact after an event; null after it was deleted. */
  private static @Nullable Artifact evolve(@Nullable Artifact artifact, ArtifactEvent event) {
    return switch (event) {
      case ArtifactCreated(
              var id,
              var key,
              var type,
              var description,
              var data,
              var metadata,
              var flowRunId,
              var taskRunId) ->
          new Artifact(id, key, type, description, data, metadata, flowRunId, taskRunId);
      case ArtifactAdopted(
              var id,
              var key,
              var type,
              var description,
              var data,
              var metadata,
              var flowRunId,
              var taskRunId) ->
          new Artifact(id, key, type, description, data, metadata, flowRunId, taskRunId);
      case ArtifactUpdated updated -> artifact == null ? null : artifact.changed(updated);
      case ArtifactCollectionStarted ignored -> artifact;
      case ArtifactCollectionAdvanced ignored -> artifact;
      case ArtifactCollectionFellBack ignored -> artifact;
      case ArtifactCollectionEnded ignored -> artifact;
      case ArtifactDeleted ignored -> null;
    };
  }

  private Artifact changed(ArtifactUpdated update) {
    return new Artifact(
        id,
        key,
        type,
        update.description(),
        update.data(),
        update.metadata(),
        flowRunId,
        taskRunId);
  }

  /** Prefect tells of collections, not of artifacts, and not of changes. */
  private static @Nullable Face face(
      @Nullable Artifact before, Artifact after, ArtifactEvent event, UUID id, Instant occurred) {
    return switch (event) {
      case ArtifactCollectionStarted(var artifactId, var collectionId) ->
          after.face("created", collectionId, id, occurred);
      case ArtifactCollectionAdvanced(var artifactId, var collectionId) ->
          after.face("updated", collectionId, id, occurred);
      case ArtifactCollectionFellBack back ->
          after.before(back).face("updated", back.collectionId(), id, occurred);
      case ArtifactCollectionEnded(var artifactId, var collectionId) ->
          after.face("deleted", collectionId, id, occurred);
      case ArtifactCreated ignored -> null;
      case ArtifactAdopted ignored -> null;
      case ArtifactUpdated ignored -> null;
      case ArtifactDeleted ignored -> null;
    };
  }

  private Artifact before(ArtifactCollectionFellBack back) {
    return new Artifact(
        back.latestId(),
        key,
        back.type(),
        back.description(),
        back.data(),
        null,
        back.flowRunId(),
        back.taskRunId());
  }

  private Face face(String verb, UUID collectionId, UUID faceId, Instant occurred) {
    List<Map<String, String>> related = new ArrayList<>();
    related.add(Labels.related("latest", "artifact", id, null));
    if (flowRunId != null) {
      related.add(Labels.related("flow-run", "flow-run", flowRunId, null));
    }
    if (taskRunId != null) {
      related.add(Labels.related("task-run", "task-run", taskRunId, null));
    }
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("key", key);
    payload.put("type", type);
    payload.set("data", data);
    payload.put("description", description);
    return new Face(
        faceId,
        occurred,
        "prefect.artifact-collection." + verb,
        Labels.resource("artifact-collection", collectionId, String.valueOf(key)),
        related,
        payload,
        null);
  }
}
