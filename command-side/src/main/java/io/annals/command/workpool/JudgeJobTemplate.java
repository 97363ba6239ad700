package io.annals.command.workpool;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tells whether the variables of a base job template can have the defaults that it gives them. */
@FunctionalInterface
public interface JudgeJobTemplate {
  /**
   * What is wrong with the defaults, if anything is.
   *
   * @throws io.annals.command.decision.RefusedException when the template itself cannot be used
   */
  Optional<String> problemOfDefaults(JsonNode baseJobTemplate);
}
