package io.annals.command.artifact;

import io.annals.command.decision.Change;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What may be asked of artifacts. */
public sealed interface ArtifactCommand {
  /** Store an artifact; with a key it becomes the latest of that key. Answers its id. */
  record CreateArtifact(
      @Nullable String key,
      @Nullable String type,
      @Nullable String description,
      JsonNode data,
      @Nullable Map<String, String> metadata,
      @Nullable UUID flowRunId,
      @Nullable UUID taskRunId)
      implements ArtifactCommand {}

  /** Change an artifact. No answer. */
  record UpdateArtifact(
      UUID artifactId,
      Change<@Nullable String> description,
      Change<JsonNode> data,
      Change<@Nullable Map<String, String>> metadata)
      implements ArtifactCommand {}

  /** Delete an artifact; the one before it is the latest of its key again. No answer. */
  record DeleteArtifact(UUID artifactId) implements ArtifactCommand {}
}
