package io.annals.command.workpool;

import io.annals.command.decision.Refusal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tells whether the variables of a base job template can have the defaults that it gives them. */
@FunctionalInterface
public interface JudgeJobTemplate {
  /** Why a template is refused, if it is. */
  Optional<Refusal> flaw(JsonNode baseJobTemplate);
}
