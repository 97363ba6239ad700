package io.annals.command.block;

import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What may be asked of block schemas. */
public sealed interface BlockSchemaCommand {
  /** The version of a schema that has none. */
  String NO_VERSION = "non-versioned";

  /**
   * Have the schema of a type, and those of the blocks in its definitions. Answers {@link
   * io.annals.command.decision.Created}.
   */
  record RegisterBlockSchema(
      ObjectNode fields, UUID blockTypeId, List<String> capabilities, String version)
      implements BlockSchemaCommand {}

  /** Delete a schema with its documents. No answer. */
  record DeleteBlockSchema(UUID blockSchemaId) implements BlockSchemaCommand {}
}
