package io.annals.command.schema;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tells whether JSON is a JSON Schema of draft 2020-12 at all. */
@FunctionalInterface
public interface FindSchemaFlaw {
  /** What is wrong with a schema as such, if anything is. A pure function. */
  Optional<String> of(JsonNode schema);
}
