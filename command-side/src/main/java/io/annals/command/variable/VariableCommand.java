package io.annals.command.variable;

import io.annals.command.decision.Change;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What may be asked of variables. */
public sealed interface VariableCommand {
  /** Store a value under a name that is free. Answers the variable's id. */
  record CreateVariable(String name, JsonNode value, List<String> tags)
      implements VariableCommand {}

  /** Change a variable. No answer. */
  record UpdateVariable(
      UUID variableId, Change<String> name, Change<JsonNode> value, Change<List<String>> tags)
      implements VariableCommand {}

  /** Delete a variable. No answer. */
  record DeleteVariable(UUID variableId) implements VariableCommand {}
}
