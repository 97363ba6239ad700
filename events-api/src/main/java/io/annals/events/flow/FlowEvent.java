package io.annals.events.flow;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What happens to a flow. */
public sealed interface FlowEvent extends DomainEvent {
  /** The flow concerned. */
  UUID flowId();

  /** A flow was registered under a name that was free. */
  @StoredAs("flow.created")
  record FlowCreated(UUID flowId, String name, List<String> tags, JsonNode labels)
      implements FlowEvent {}

  /** A flow's tags were replaced. */
  @StoredAs("flow.tagged")
  record FlowTagged(UUID flowId, List<String> tags) implements FlowEvent {}

  /** A flow is gone; its name is free again. */
  @StoredAs("flow.deleted")
  record FlowDeleted(UUID flowId) implements FlowEvent {}
}
