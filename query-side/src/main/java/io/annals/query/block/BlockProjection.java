package io.annals.query.block;

import io.annals.events.block.BlockDocumentEvent;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentCreated;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentDeleted;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentUpdated;
import io.annals.events.block.BlockSchemaEvent;
import io.annals.events.block.BlockSchemaEvent.BlockSchemaDeleted;
import io.annals.events.block.BlockSchemaEvent.BlockSchemaRegistered;
import io.annals.events.block.BlockSchemaEvent.NestedSchema;
import io.annals.events.block.BlockTypeEvent;
import io.annals.events.block.BlockTypeEvent.BlockTypeCreated;
import io.annals.events.block.BlockTypeEvent.BlockTypeDeleted;
import io.annals.events.block.BlockTypeEvent.BlockTypeLooks;
import io.annals.events.block.BlockTypeEvent.BlockTypeProtected;
import io.annals.events.block.BlockTypeEvent.BlockTypeUpdated;
import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import io.annals.query.log.Projection;
import io.annals.query.sql.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tables {@code block_type}, {@code block_schema}, {@code block_document} and their references. */
public final class BlockProjection implements Projection {
  private static final Rows TYPES =
      new Rows(
          "block_type",
          "name text",
          "slug text",
          "logo_url text",
          "documentation_url text",
          "description text",
          "code_example text",
          "is_protected boolean");

  private static final Rows SCHEMAS =
      new Rows(
          "block_schema",
          "position bigint",
          "block_type_id uuid",
          "checksum text",
          "version text",
          "capabilities text[]",
          "fields json");

  private static final Rows DOCUMENTS =
      new Rows(
          "block_document",
          "block_type_id uuid",
          "block_schema_id uuid",
          "name text",
          "is_anonymous boolean",
          "data text");

  private static final String UPDATE_TYPE =
      """
      UPDATE block_type SET logo_url = ?, documentation_url = ?, description = ?, code_example = ?,
        updated = ?::timestamptz
      WHERE id = ?::uuid
      """;

  private static final String PROTECT_TYPE =
      "UPDATE block_type SET is_protected = true, updated = ?::timestamptz WHERE id = ?::uuid";

  private static final String REFER_TO_SCHEMA =
      """
      INSERT INTO block_schema_reference (parent_id, ordinal, name, reference_id)
      VALUES (?::uuid, ?::int, ?, ?::uuid)
      """;

  private static final String FORGET_SCHEMA =
      "DELETE FROM block_schema_reference WHERE parent_id = ?::uuid OR reference_id = ?::uuid";

  private static final String UPDATE_DOCUMENT =
      """
      UPDATE block_document SET block_schema_id = ?::uuid, data = ?, updated = ?::timestamptz
      WHERE id = ?::uuid
      """;

  /** A document that was deleted at the same moment is not referred to. */
  private static final String REFER_TO_DOCUMENT =
      """
      INSERT INTO block_document_reference (parent_id, name, reference_id)
      SELECT ?::uuid, ?, id FROM block_document WHERE id = ?::uuid
      """;

  private static final String FORGET_REFERENCES =
      "DELETE FROM block_document_reference WHERE parent_id = ?::uuid";

  private static final String FORGET_DOCUMENT =
      "DELETE FROM block_document_reference WHERE parent_id = ?::uuid OR reference_id = ?::uuid";

  @Override
  public List<String> tables() {
    return List.of(
        "block_document_reference",
        "block_document",
        "block_schema_reference",
        "block_schema",
        "block_type");
  }

  /** Blocks change rarely: one statement each is enough. */
  @Override
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    for (LoggedEvent event : events) {
      Instant at = event.occurred();
      switch (event.payload()) {
        case BlockTypeEvent type -> project(transaction.connection(), type, at);
        case BlockSchemaEvent schema ->
            project(transaction.connection(), schema, at, event.position());
        case BlockDocumentEvent document -> project(transaction.connection(), document, at);
        case null, default -> {} // other rooms' events
      }
    }
  }

  private static void project(Connection connection, BlockTypeEvent event, Instant at)
      throws SQLException {
    switch (event) {
      case BlockTypeCreated(var id, var name, var slug, var looks, boolean isProtected) ->
          TYPES.insert(
              connection,
              id,
              at,
              name,
              slug,
              looks.logoUrl(),
              looks.documentationUrl(),
              looks.description(),
              looks.codeExample(),
              isProtected);
      case BlockTypeUpdated(UUID id, BlockTypeLooks looks) ->
          Rows.run(
              connection,
              UPDATE_TYPE,
              looks.logoUrl(),
              looks.documentationUrl(),
              looks.description(),
              looks.codeExample(),
              at,
              id);
      case BlockTypeProtected(UUID id) -> Rows.run(connection, PROTECT_TYPE, at, id);
      case BlockTypeDeleted(UUID id) -> TYPES.delete(connection, id);
    }
  }

  private static void project(
      Connection connection, BlockSchemaEvent event, Instant at, long position)
      throws SQLException {
    switch (event) {
      case BlockSchemaRegistered schema -> {
        SCHEMAS.insert(
            connection,
            schema.blockSchemaId(),
            at,
            position,
            schema.blockTypeId(),
            schema.checksum(),
            schema.version(),
            schema.capabilities(),
            schema.fields());
        int ordinal = 0;
        for (NestedSchema nested : schema.references()) {
          Rows.run(
              connection,
              REFER_TO_SCHEMA,
              schema.blockSchemaId(),
              ordinal++,
              nested.name(),
              nested.blockSchemaId());
        }
      }
      case BlockSchemaDeleted(UUID id) -> {
        Rows.run(connection, FORGET_SCHEMA, id, id);
        SCHEMAS.delete(connection, id);
      }
    }
  }

  private static void project(Connection connection, BlockDocumentEvent event, Instant at)
      throws SQLException {
    switch (event) {
      case BlockDocumentCreated document -> {
        DOCUMENTS.insert(
            connection,
            document.blockDocumentId(),
            at,
            document.blockTypeId(),
            document.blockSchemaId(),
            document.name(),
            document.isAnonymous(),
            document.data());
        refer(connection, document.blockDocumentId(), document.references());
      }
      case BlockDocumentUpdated(var id, var schemaId, var data, var references) -> {
        Rows.run(connection, UPDATE_DOCUMENT, schemaId, data, at, id);
        Rows.run(connection, FORGET_REFERENCES, id);
        refer(connection, id, references);
      }
      case BlockDocumentDeleted(UUID id, var ignored) -> {
        Rows.run(connection, FORGET_DOCUMENT, id, id);
        DOCUMENTS.delete(connection, id);
      }
    }
  }

  private static void refer(Connection connection, UUID parent, Map<String, UUID> references)
      throws SQLException {
    for (Map.Entry<String, UUID> reference : references.entrySet()) {
      Rows.run(connection, REFER_TO_DOCUMENT, parent, reference.getKey(), reference.getValue());
    }
  }
}
