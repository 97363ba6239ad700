package io.annals.command.variable;

import io.annals.command.entity.EntityKind;
import io.annals.command.entity.Labels;
import io.annals.events.log.Face;
import io.annals.events.variable.VariableEvent;
import io.annals.events.variable.VariableEvent.VariableCreated;
import io.annals.events.variable.VariableEvent.VariableDeleted;
import io.annals.events.variable.VariableEvent.VariableUpdated;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A variable. */
public record Variable(UUID id, String name, JsonNode value, List<String> tags) {
  /** Variables as entities. */
  public static final EntityKind<Variable, VariableEvent> KIND =
      new EntityKind<>(
          "variable",
          VariableEvent.class,
          VariableEvent::variableId,
          (variable, event) -> evolve(event),
          Variable::face);

  /** The variable after an event; null after it was deleted. */
  private static @Nullable Variable evolve(VariableEvent event) {
    return switch (event) {
      case VariableCreated(UUID id, String name, JsonNode value, List<String> tags) ->
          new Variable(id, name, value, List.copyOf(tags));
      case VariableUpdated(UUID id, String name, JsonNode value, List<String> tags) ->
          new Variable(id, name, value, List.copyOf(tags));
      case VariableDeleted ignored -> null;
    };
  }

  private static Face face(
      @Nullable Variable before, Variable after, VariableEvent event, UUID id, Instant occurred) {
    String verb =
        switch (event) {
          case VariableCreated ignored -> "created";
          case VariableUpdated ignored -> "updated";
          case VariableDeleted ignored -> "deleted";
        };
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("name", after.name);
    payload.set("value", after.value);
    ArrayNode tags = payload.putArray("tags");
    after.tags.forEach(tags::add);
    return new Face(
        id,
        occurred,
        "prefect.variable." + verb,
        Labels.resource("variable", after.id, after.name),
        List.of(),
        payload,
        null);
  }
}
