package io.annals.app.http;

import io.annals.query.event.EventIds;
import io.annals.query.request.ValueCheck;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Prefect calls task inputs: lists, by the name of an argument, of task runs, flow runs,
 * parameters and constants. Its clients cannot read anything else.
 */
final class TaskInputsCheck implements ValueCheck<ObjectNode> {
  /** What each kind of input must have. */
  private static final Map<String, String> KEYS =
      Map.of("task_run", "id", "flow_run", "id", "parameter", "name", "constant", "type");

  @Override
  public Optional<Finding> check(ObjectNode inputs) {
    for (Map.Entry<String, JsonNode> argument : inputs.properties()) {
      if (!argument.getValue().isArray()
          || !argument.getValue().valueStream().allMatch(TaskInputsCheck::isInput)) {
        return Optional.of(
            Finding.valueError(
                "task_inputs."
                    + argument.getKey()
                    + " must be a list of task runs, flow runs, parameters or constants"));
      }
    }
    return Optional.empty();
  }

  private static boolean isInput(JsonNode input) {
    String told = input.path("input_type").asString("");
    return told.isEmpty()
        ? KEYS.values().stream().anyMatch(key -> has(input, key))
        : KEYS.containsKey(told) && has(input, KEYS.get(told));
  }

  private static boolean has(JsonNode input, String key) {
    JsonNode value = input.path(key);
    return value.isString() && (!key.equals("id") || EventIds.read(value.stringValue()) != null);
  }
}
