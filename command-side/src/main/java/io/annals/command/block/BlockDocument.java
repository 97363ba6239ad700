package io.annals.command.block;

import io.annals.command.entity.EntityKind;
import io.annals.command.entity.EntityKind.Faces;
import io.annals.events.block.BlockDocumentEvent;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentCreated;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentDeleted;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentUpdated;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A block that was filled in.
 *
 * @param data encrypted
 * @param references other documents by the key that they stand for, some of them perhaps deleted
 */
public record BlockDocument(
    UUID id,
    UUID blockTypeId,
    UUID blockSchemaId,
    String name,
    boolean isAnonymous,
    String data,
    Map<String, UUID> references) {
  /** Block documents as entities. */
  public static EntityKind<BlockDocument, BlockDocumentEvent> kind(
      Faces<BlockDocument, BlockDocumentEvent> faces) {
    return new EntityKind<>(
        "block-document",
        BlockDocumentEvent.class,
        BlockDocumentEvent::blockDocumentId,
        BlockDocument::evolve,
        faces);
  }

  private static @Nullable BlockDocument evolve(
      @Nullable BlockDocument document, BlockDocumentEvent event) {
    return switch (event) {
      case BlockDocumentCreated created ->
          new BlockDocument(
              created.blockDocumentId(),
              created.blockTypeId(),
              created.blockSchemaId(),
              created.name(),
              created.isAnonymous(),
              created.data(),
              Map.copyOf(created.references()));
      case BlockDocumentUpdated(var id, var schemaId, var data, var references) -> {
        BlockDocument before = Objects.requireNonNull(document);
        yield new BlockDocument(
            id,
            before.blockTypeId,
            schemaId,
            before.name,
            before.isAnonymous,
            data,
            Map.copyOf(references));
      }
      case BlockDocumentDeleted ignored -> null;
    };
  }
}
