package io.annals.events.block;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What happens to the schema of a block. */
public sealed interface BlockSchemaEvent extends DomainEvent {
  /** The block schema concerned. */
  UUID blockSchemaId();

  /**
   * A schema became known.
   *
   * @param checksum identifies the fields; unique together with the version
   * @param fields a JSON Schema without the schemas of other blocks
   * @param references the schemas of other blocks that fields of this one refer to
   */
  @StoredAs("block-schema.registered")
  record BlockSchemaRegistered(
      UUID blockSchemaId,
      UUID blockTypeId,
      String checksum,
      String version,
      List<String> capabilities,
      ObjectNode fields,
      List<NestedSchema> references)
      implements BlockSchemaEvent {}

  /** A schema is gone; events of their own tell that documents went along. */
  @StoredAs("block-schema.deleted")
  record BlockSchemaDeleted(UUID blockSchemaId) implements BlockSchemaEvent {}

  /**
   * A field whose value is another block.
   *
   * @param name of the field; a field that takes one of several blocks has several of these
   */
  record NestedSchema(String name, UUID blockSchemaId) {}
}
