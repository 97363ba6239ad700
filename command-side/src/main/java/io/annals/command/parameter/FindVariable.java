package io.annals.command.parameter;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds the value of a workspace variable. */
@FunctionalInterface
public interface FindVariable {
  /** The value, which may be JSON's null, if there is a variable of that name. */
  Optional<JsonNode> value(String name);
}
