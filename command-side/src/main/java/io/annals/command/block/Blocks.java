package io.annals.command.block;

import io.annals.command.entity.Entities;
import io.annals.events.block.BlockDocumentEvent;
import io.annals.events.block.BlockDocumentEvent.BlockDocumentDeleted;
import io.annals.events.block.BlockDocumentEvent.Cause;
import io.annals.events.block.BlockSchemaEvent;
import io.annals.events.block.BlockSchemaEvent.BlockSchemaDeleted;
import io.annals.events.block.BlockTypeEvent;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** All types, schemas and documents: deleting one takes others along. */
public record Blocks(
    Entities<BlockType, BlockTypeEvent> types,
    Entities<BlockSchema, BlockSchemaEvent> schemas,
    Entities<BlockDocument, BlockDocumentEvent> documents) {
  void deleteSchemas(Collection<UUID> ids) {
    for (UUID id : ids) {
      schemas.change(id, schema -> List.of(new BlockSchemaDeleted(schema.id())));
    }
  }

  void deleteDocuments(Collection<UUID> ids, Cause cause) {
    for (UUID id : ids) {
      documents.change(id, document -> List.of(new BlockDocumentDeleted(document.id(), cause)));
    }
  }
}
