package io.annals.command.block;

import io.annals.events.block.SecretFields;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What decisions about blocks ask of the rest of the server. */
public record BlockPorts(
    FindType type,
    FindTypeBySlug typeBySlug,
    FindSchema schema,
    FindSchemaByChecksum schemaByChecksum,
    FindDocumentByName documentByName,
    FindDependents ofType,
    FindDependents ofSchema,
    FindReferences references,
    MeasureChain chainAbove) {

  /** Finds a type. */
  @FunctionalInterface
  public interface FindType {
    /** The name of the type, if it is there. */
    Optional<String> nameOf(UUID blockTypeId);
  }

  /** Finds the type of a slug. */
  @FunctionalInterface
  public interface FindTypeBySlug {
    /** The type's id, if there is one of that slug. */
    Optional<UUID> idOf(String slug);
  }

  /** Finds a schema. */
  @FunctionalInterface
  public interface FindSchema {
    /** What is known of the schema, if it is there. */
    Optional<SchemaFacts> byId(UUID blockSchemaId);
  }

  /**
   * What decisions need to know of a schema.
   *
   * @param isProtected whether its type may not be deleted
   */
  public record SchemaFacts(
      UUID id,
      UUID blockTypeId,
      boolean isProtected,
      List<String> capabilities,
      SecretFields secretFields) {}

  /** Finds the newest schema of a checksum. */
  @FunctionalInterface
  public interface FindSchemaByChecksum {
    /** The schema's id, if there is one; only of one version where that is given. */
    Optional<UUID> idOf(String checksum, @Nullable String version);
  }

  /** Finds the document of a name. */
  @FunctionalInterface
  public interface FindDocumentByName {
    /** The document's id, if a type has one of that name. */
    Optional<UUID> idOf(UUID blockTypeId, String name);
  }

  /** Finds what cannot be without something else. */
  @FunctionalInterface
  public interface FindDependents {
    /** What goes when this one goes. */
    Dependents of(UUID id);
  }

  /** Schemas and documents that go along with a type or schema. */
  public record Dependents(List<UUID> schemas, List<UUID> documents) {}

  /** Finds which documents refer to which. */
  @FunctionalInterface
  public interface FindReferences {
    /** These documents and all that they lead to, as far as they exist, each with what it names. */
    Map<UUID, Set<UUID>> from(Collection<UUID> blockDocumentIds);
  }

  /** Measures how deep a document lies inside others. */
  @FunctionalInterface
  public interface MeasureChain {
    /** References on the longest way from another document to this one. */
    int longestTo(UUID blockDocumentId);
  }
}
