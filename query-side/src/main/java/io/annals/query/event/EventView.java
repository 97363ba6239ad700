package io.annals.query.event;

import io.annals.events.log.Face;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An event as Prefect's API shows it. */
public record EventView(
    Instant occurred,
    String event,
    Map<String, String> resource,
    List<Map<String, String>> related,
    JsonNode payload,
    UUID id,
    @Nullable UUID follows,
    Instant received) {
  /** The view of a face that was received at the given moment. */
  public static EventView of(Face face, Instant received) {
    return new EventView(
        face.occurred(),
        face.event(),
        face.resource(),
        face.related(),
        face.payload(),
        face.id(),
        face.follows(),
        received);
  }
}
