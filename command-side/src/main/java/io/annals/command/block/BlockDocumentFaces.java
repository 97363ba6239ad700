package io.annals.command.block;

import io.annals.command.block.BlockPorts.SchemaFacts;
import io.annals.command.entity.EntityKind.Faces;
import io.annals.command.entity.Labels;
import io.annals.events.block.BlockDocumentEvent;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentCreated;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentDeleted;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentUpdated;
import io.annals.events.block.BlockDocumentEvent.Cause;
import io.annals.events.log.Face;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How what happens to block documents looks in Prefect's event stream: of the data only texts that
 * are not secret. Anonymous documents, and those that go along with their type or schema, are not
 * seen.
 */
public final class BlockDocumentFaces implements Faces<BlockDocument, BlockDocumentEvent> {
  private final BlockPorts ports;
  private final BlockCipher cipher;

  /** Faces of documents that {@code cipher} has encrypted. */
  public BlockDocumentFaces(BlockPorts ports, BlockCipher cipher) {
    this.ports = ports;
    this.cipher = cipher;
  }

  @Override
  public @Nullable Face of(
      @Nullable BlockDocument before,
      BlockDocument document,
      BlockDocumentEvent event,
      UUID faceId,
      Instant occurred) {
    Optional<SchemaFacts> schema = ports.schema().byId(document.blockSchemaId());
    if (document.isAnonymous() || wentAlong(event) || schema.isEmpty()) {
      return null;
    }
    String typeName = ports.type().nameOf(document.blockTypeId()).orElse("");
    return new Face(
        faceId,
        occurred,
        "prefect.block-document." + verb(event),
        Labels.resource("block-document", document.id(), document.name()),
        List.of(
            Labels.related("block-type", "block-type", document.blockTypeId(), typeName),
            Labels.related("block-schema", "block-schema", document.blockSchemaId(), null)),
        payload(document, schema.get(), typeName),
        null);
  }

  private static boolean wentAlong(BlockDocumentEvent event) {
    return event instanceof BlockDocumentDeleted(UUID ignored, Cause cause)
        && cause != Cause.ITSELF;
  }

  private static String verb(BlockDocumentEvent event) {
    return switch (event) {
      case BlockDocumentCreated ignored -> "created";
      case BlockDocumentUpdated ignored -> "updated";
      case BlockDocumentDeleted ignored -> "deleted";
    };
  }

  private ObjectNode payload(BlockDocument document, SchemaFacts schema, String typeName) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("name", document.name());
    ObjectNode shown = payload.putObject("data");
    // A document whose key is lost can still be deleted; there is nothing to show of it then.
    cipher
        .open(document.data())
        .map(schema.secretFields()::obfuscated)
        .ifPresent(
            data ->
                data.properties().stream()
                    .filter(entry -> entry.getValue().isString())
                    .filter(entry -> !schema.secretFields().paths().contains(entry.getKey()))
                    .forEach(entry -> shown.set(entry.getKey(), entry.getValue())));
    ObjectNode shape = payload.putObject("block_schema");
    schema.capabilities().forEach(shape.putArray("capabilities")::add);
    shape
        .putObject("block_type")
        .put("id", document.blockTypeId().toString())
        .put("name", typeName);
    return payload;
  }
}
