package io.annals.query.block;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A block schema as the API shows it.
 *
 * @param fields with the schemas of other blocks put in
 */
public record BlockSchemaView(
    UUID id,
    Instant created,
    Instant updated,
    String checksum,
    ObjectNode fields,
    UUID blockTypeId,
    BlockTypeView blockType,
    List<String> capabilities,
    String version) {
  /** The same schema with other fields. */
  public BlockSchemaView with(ObjectNode otherFields) {
    return new BlockSchemaView(
        id, created, updated, checksum, otherFields, blockTypeId, blockType, capabilities, version);
  }
}
