package io.annals.command.flow;

import io.annals.events.flow.FlowEvent;
import io.annals.events.flow.FlowEvent.FlowCreated;
import io.annals.events.flow.FlowEvent.FlowDeleted;
import io.annals.events.flow.FlowEvent.FlowTagged;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A flow. */
public record Flow(UUID id, String name, List<String> tags, JsonNode labels) {
  /** The flow after an event; null before it was created and after it was deleted. */
  public static @Nullable Flow evolve(@Nullable Flow flow, FlowEvent event) {
    return switch (event) {
      case FlowCreated created ->
          new Flow(created.flowId(), created.name(), List.copyOf(created.tags()), created.labels());
      case FlowTagged tagged -> {
        if (flow == null) {
          throw new IllegalStateException("flow " + event.flowId() + " tagged before created");
        }
        yield new Flow(flow.id, flow.name, List.copyOf(tagged.tags()), flow.labels);
      }
      case FlowDeleted ignored -> null;
    };
  }
}
