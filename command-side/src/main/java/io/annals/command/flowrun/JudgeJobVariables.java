package io.annals.command.flowrun;

import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Tells whether job variables of a run are what its deployment's work pool asks for. */
@FunctionalInterface
public interface JudgeJobVariables {
  /** What is wrong with them, laid over those of the deployment, if anything is. */
  Optional<String> problem(UUID deploymentId, JsonNode jobVariables);
}
