package io.annals.command.artifact;

import java.util.Optional;
import java.util.UUID;

/** What decisions about artifacts ask of the rest of the server. */
public record ArtifactPorts(
    FindArtifact findArtifact, FindCollection findCollection, FindNewest findNewest) {
  /** Finds an artifact, also one that has no events of its own: the result of a state. */
  @FunctionalInterface
  public interface FindArtifact {
    /** The artifact of an id. */
    Optional<Artifact> byId(UUID artifactId);
  }

  /** Finds the collection of a key. */
  @FunctionalInterface
  public interface FindCollection {
    /** The collection, if any artifact has the key. */
    Optional<Collection> ofKey(String key);
  }

  /** A collection and the artifact that it shows. */
  public record Collection(UUID id, UUID latestId) {}

  /** Finds the newest artifact of a key beside one that is about to go. */
  @FunctionalInterface
  public interface FindNewest {
    /** The newest of the others. */
    Optional<Artifact> ofKeyBeside(String key, UUID artifactId);
  }
}
