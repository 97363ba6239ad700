package io.annals.events.log;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The part of a face that the log keeps as one JSON document; the rest are columns. */
public record FaceBody(
    Map<String, String> resource,
    List<Map<String, String>> related,
    JsonNode payload,
    @Nullable UUID follows) {
  /** The document of a face. */
  public static FaceBody of(Face face) {
    return new FaceBody(face.resource(), face.related(), face.payload(), face.follows());
  }
}
