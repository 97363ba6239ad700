package io.annals.command.artifact;

import io.annals.command.artifact.ArtifactCommand.CreateArtifact;
import io.annals.command.artifact.ArtifactCommand.DeleteArtifact;
import io.annals.command.artifact.ArtifactCommand.UpdateArtifact;
import io.annals.command.artifact.ArtifactPorts.Collection;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.entity.Entities;
import io.annals.events.artifact.ArtifactEvent;
import io.annals.events.artifact.ArtifactEvent.ArtifactAdopted;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionAdvanced;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionEnded;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionFellBack;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionStarted;
import io.annals.events.artifact.ArtifactEvent.ArtifactCreated;
import io.annals.events.artifact.ArtifactEvent.ArtifactDeleted;
import io.annals.events.artifact.ArtifactEvent.ArtifactUpdated;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;

/** Takes commands about artifacts and decides, also which of a key its collection shows. */
public final class ArtifactHandler {
  /** How commands about artifacts that are not there are refused. */
  public static final Refusal MISSING = new Refusal(Kind.NOT_FOUND, "Artifact not found.");

  private final Entities<Artifact, ArtifactEvent> artifacts;
  private final ArtifactPorts ports;
  private final KeyedLocks locks;
  private final Supplier<UUID> ids;

  /**
   * A handler of all commands about artifacts.
   *
   * @param ids makes ids that were never made before
   */
  public ArtifactHandler(
      Entities<Artifact, ArtifactEvent> artifacts,
      ArtifactPorts ports,
      KeyedLocks locks,
      Supplier<UUID> ids) {
    this.artifacts = artifacts;
    this.ports = ports;
    this.locks = locks;
    this.ids = ids;
  }

  /** Stores an artifact; with a key it becomes the latest of that key. */
  @CommandHandler
  public UUID handle(CreateArtifact command) {
    UUID id = ids.get();
    ArtifactCreated created =
        new ArtifactCreated(
            id,
            command.key(),
            command.type(),
            command.description(),
            command.data(),
            command.metadata(),
            command.flowRunId(),
            command.taskRunId());
    String key = command.key();
    if (key == null) {
      artifacts.begin(created);
    } else {
      artifacts.begin(List.of(created, becomesLatest(key, id)));
    }
    return id;
  }

  private ArtifactEvent becomesLatest(String key, UUID artifactId) {
    hold(key);
    return ports
        .findCollection()
        .ofKey(key)
        .<ArtifactEvent>map(known -> new ArtifactCollectionAdvanced(artifactId, known.id()))
        .orElseGet(() -> new ArtifactCollectionStarted(artifactId, ids.get()));
  }

  /** Changes an artifact, which may be the result of a state. */
  @CommandHandler
  public void handle(UpdateArtifact command) {
    change(
        command.artifactId(),
        artifact -> {
          ArtifactUpdated updated =
              new ArtifactUpdated(
                  artifact.id(),
                  command.description().or(artifact.description()),
                  command.data().or(artifact.data()),
                  command.metadata().or(artifact.metadata()));
          return isNews(artifact, updated) ? List.of(updated) : List.of();
        });
  }

  private static boolean isNews(Artifact artifact, ArtifactUpdated updated) {
    return !(updated.data().equals(artifact.data())
        && Objects.equals(updated.description(), artifact.description())
        && Objects.equals(updated.metadata(), artifact.metadata()));
  }

  /** Deletes an artifact, which may be the result of a state. */
  @CommandHandler
  public void handle(DeleteArtifact command) {
    change(
        command.artifactId(),
        artifact -> {
          ArtifactDeleted deleted = new ArtifactDeleted(artifact.id());
          return collectionWithout(artifact)
              .map(change -> List.of(change, deleted))
              .orElseGet(() -> List.of(deleted));
        });
  }

  /** What becomes of a collection that shows the artifact; nothing when it shows another. */
  private Optional<ArtifactEvent> collectionWithout(Artifact artifact) {
    String key = artifact.key();
    if (key == null) {
      return Optional.empty();
    }
    hold(key);
    return ports
        .findCollection()
        .ofKey(key)
        .filter(collection -> collection.latestId().equals(artifact.id()))
        .map(
            collection ->
                ports
                    .findNewest()
                    .ofKeyBeside(key, artifact.id())
                    .<ArtifactEvent>map(newest -> fallBack(artifact, collection, newest))
                    .orElseGet(() -> new ArtifactCollectionEnded(artifact.id(), collection.id())));
  }

  private static ArtifactCollectionFellBack fallBack(
      Artifact artifact, Collection collection, Artifact newest) {
    return new ArtifactCollectionFellBack(
        artifact.id(),
        collection.id(),
        newest.id(),
        newest.type(),
        newest.description(),
        newest.data(),
        newest.flowRunId(),
        newest.taskRunId());
  }

  private void change(UUID artifactId, Function<Artifact, List<ArtifactEvent>> decide) {
    artifacts.changeOrAdopt(
        artifactId,
        () -> ports.findArtifact().byId(artifactId).map(ArtifactHandler::adopt),
        decide);
  }

  private static ArtifactEvent adopt(Artifact artifact) {
    return new ArtifactAdopted(
        artifact.id(),
        artifact.key(),
        artifact.type(),
        artifact.description(),
        artifact.data(),
        artifact.metadata(),
        artifact.flowRunId(),
        artifact.taskRunId());
  }

  /** Decisions about the artifacts of one key come one after the other. */
  private void hold(String key) {
    locks.holdUntilFinished(Artifact.class, key);
  }
}
