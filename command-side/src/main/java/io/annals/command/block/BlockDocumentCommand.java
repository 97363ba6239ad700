package io.annals.command.block;

import io.annals.command.decision.Change;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What may be asked of block documents. */
public sealed interface BlockDocumentCommand {
  /**
   * Fill in a block. Answers the document's id.
   *
   * @param name null for an anonymous document, which then gets a name of its own
   * @param data may refer to other documents
   */
  record CreateBlockDocument(
      @Nullable String name,
      ObjectNode data,
      UUID blockTypeId,
      UUID blockSchemaId,
      boolean isAnonymous)
      implements BlockDocumentCommand {
    /** Secrets do not show. */
    @Override
    public String toString() {
      return "CreateBlockDocument[name=%s, blockSchemaId=%s]".formatted(name, blockSchemaId);
    }
  }

  /**
   * Change what a document says. No answer.
   *
   * @param data what it says; when it says nothing new, nothing changes, not even the schema
   * @param blockSchemaId another schema of the same type, or null for the one it has
   * @param merges whether keys that {@code data} leaves out stay as they are
   */
  record UpdateBlockDocument(
      UUID blockDocumentId, Change<ObjectNode> data, @Nullable UUID blockSchemaId, boolean merges)
      implements BlockDocumentCommand {
    /** Secrets do not show. */
    @Override
    public String toString() {
      return "UpdateBlockDocument[blockDocumentId=%s]".formatted(blockDocumentId);
    }
  }

  /** Delete a document. No answer. */
  record DeleteBlockDocument(UUID blockDocumentId) implements BlockDocumentCommand {}
}
