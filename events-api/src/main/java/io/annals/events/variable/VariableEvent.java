package io.annals.events.variable;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What happens to a variable. */
public sealed interface VariableEvent extends DomainEvent {
  /** The variable concerned. */
  UUID variableId();

  /** A variable was stored under a name that was free. */
  @StoredAs("variable.created")
  record VariableCreated(UUID variableId, String name, JsonNode value, List<String> tags)
      implements VariableEvent {}

  /** A variable was changed; this is all of it afterwards. */
  @StoredAs("variable.updated")
  record VariableUpdated(UUID variableId, String name, JsonNode value, List<String> tags)
      implements VariableEvent {}

  /** A variable is gone; its name is free again. */
  @StoredAs("variable.deleted")
  record VariableDeleted(UUID variableId) implements VariableEvent {}
}
