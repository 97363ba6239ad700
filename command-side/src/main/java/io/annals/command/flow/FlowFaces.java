package io.annals.command.flow;

import io.annals.events.flow.FlowEvent;
import io.annals.events.flow.FlowEvent.FlowCreated;
import io.annals.events.flow.FlowEvent.FlowDeleted;
import io.annals.events.flow.FlowEvent.FlowTagged;
import io.annals.events.log.Face;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How what happens to flows looks in Prefect's event stream. */
final class FlowFaces {
  private FlowFaces() {}

  /**
   * The face of an event.
   *
   * @param flow the flow after the event, or before its deletion
   */
  static Face of(Flow flow, FlowEvent event, UUID id, Instant occurred) {
    Map<String, String> resource = new LinkedHashMap<>();
    resource.put(Face.RESOURCE_ID, "prefect.flow." + flow.id());
    resource.put(Face.RESOURCE_NAME, flow.name());
    return new Face(
        id, occurred, "prefect.flow." + verb(event), resource, List.of(), payload(flow), null);
  }

  private static String verb(FlowEvent event) {
    return switch (event) {
      case FlowCreated ignored -> "created";
      case FlowTagged ignored -> "updated";
      case FlowDeleted ignored -> "deleted";
    };
  }

  private static ObjectNode payload(Flow flow) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("name", flow.name());
    ArrayNode tags = payload.putArray("tags");
    flow.tags().forEach(tags::add);
    payload.set("labels", flow.labels());
    return payload;
  }
}
