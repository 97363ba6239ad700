package io.annals.query.request;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A rule about a value that bounds and patterns cannot express. */
@FunctionalInterface
public interface Rule {
  /** What is wrong with the value, if anything is. */
  Optional<String> broken(JsonNode value);
}
