package io.annals.events.block;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import java.util.Map;
import java.util.UUID;

/** What happens to a block document. Its data is encrypted before it gets here. */
public sealed interface BlockDocumentEvent extends DomainEvent {
  /** The block document concerned. */
  UUID blockDocumentId();

  /**
   * A block was filled in.
   *
   * @param data an encrypted JSON object (a Fernet token)
   * @param references other documents by the key of the data that they stand for
   */
  @StoredAs("block-document.created")
  record BlockDocumentCreated(
      UUID blockDocumentId,
      UUID blockTypeId,
      UUID blockSchemaId,
      String name,
      boolean isAnonymous,
      String data,
      Map<String, UUID> references)
      implements BlockDocumentEvent {}

  /**
   * A document says something else; this is all of it afterwards.
   *
   * @param data an encrypted JSON object (a Fernet token)
   * @param references other documents by the key of the data that they stand for
   */
  @StoredAs("block-document.updated")
  record BlockDocumentUpdated(
      UUID blockDocumentId, UUID blockSchemaId, String data, Map<String, UUID> references)
      implements BlockDocumentEvent {}

  /**
   * A document is gone.
   *
   * @param cause whether it was meant itself, or went along with its type or schema
   */
  @StoredAs("block-document.deleted")
  record BlockDocumentDeleted(UUID blockDocumentId, Cause cause) implements BlockDocumentEvent {}

  /** What a document was deleted for. */
  enum Cause {
    /** Somebody deleted the document. */
    ITSELF,
    /** Its schema was deleted. */
    SCHEMA,
    /** Its type was deleted. */
    TYPE
  }
}
