package io.annals.command.deployment;

import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Finds the data of a block document. */
@FunctionalInterface
public interface FindBlock {
  /** An object with the data, if there is a document of that id. */
  Optional<JsonNode> dataOf(UUID blockDocumentId);
}
