package io.annals.events.artifact;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happens to an artifact. Artifacts of one key form a collection that shows the latest of
 * them; what that means for the collection is told by events of its own. Data that is missing is
 * JSON's null.
 */
public sealed interface ArtifactEvent extends DomainEvent {
  /** The artifact concerned. */
  UUID artifactId();

  /** An artifact was stored. */
  @StoredAs("artifact.created")
  record ArtifactCreated(
      UUID artifactId,
      @Nullable String key,
      @Nullable String type,
      @Nullable String description,
      JsonNode data,
      @Nullable Map<String, String> metadata,
      @Nullable UUID flowRunId,
      @Nullable UUID taskRunId)
      implements ArtifactEvent {}

  /**
   * The server took note of an artifact that is the result of a state and has no events of its own,
   * to decide on top of it.
   */
  @StoredAs("artifact.adopted")
  record ArtifactAdopted(
      UUID artifactId,
      @Nullable String key,
      @Nullable String type,
      @Nullable String description,
      JsonNode data,
      @Nullable Map<String, String> metadata,
      @Nullable UUID flowRunId,
      @Nullable UUID taskRunId)
      implements ArtifactEvent {}

  /** The artifact is the first of its key: a collection begins with it. */
  @StoredAs("artifact.collection-started")
  record ArtifactCollectionStarted(UUID artifactId, UUID collectionId) implements ArtifactEvent {}

  /** The artifact is the newest of its key: the collection shows it from now on. */
  @StoredAs("artifact.collection-advanced")
  record ArtifactCollectionAdvanced(UUID artifactId, UUID collectionId) implements ArtifactEvent {}

  /** An artifact was changed; this is all that can change, as it is afterwards. */
  @StoredAs("artifact.updated")
  record ArtifactUpdated(
      UUID artifactId,
      @Nullable String description,
      JsonNode data,
      @Nullable Map<String, String> metadata)
      implements ArtifactEvent {}

  /**
   * The artifact was the one that its collection showed and is about to be deleted: the collection
   * shows the one before it again.
   */
  @StoredAs("artifact.collection-fell-back")
  record ArtifactCollectionFellBack(
      UUID artifactId,
      UUID collectionId,
      UUID latestId,
      @Nullable String type,
      @Nullable String description,
      JsonNode data,
      @Nullable UUID flowRunId,
      @Nullable UUID taskRunId)
      implements ArtifactEvent {}

  /** The artifact was the last of its key and is about to be deleted: the collection is gone. */
  @StoredAs("artifact.collection-ended")
  record ArtifactCollectionEnded(UUID artifactId, UUID collectionId) implements ArtifactEvent {}

  /** An artifact is gone. */
  @StoredAs("artifact.deleted")
  record ArtifactDeleted(UUID artifactId) implements ArtifactEvent {}
}
