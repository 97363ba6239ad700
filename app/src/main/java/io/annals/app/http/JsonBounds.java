package io.annals.app.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bounds on free-form JSON in bodies; violations become value errors of the body. */
final class JsonBounds {
  /** PREFECT_SERVER_API_MAX_PARAMETER_SIZE: bytes of parameters as compact JSON. */
  static final int MAX_PARAMETER_BYTES = 524_288;

  private JsonBounds() {}

  static void checkParameters(JsonNode parameters) {
    int bytes = parameters.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_PARAMETER_BYTES) {
      throw new IllegalArgumentException(
          "Parameters size %d exceeds the maximum allowed size of %d bytes"
              .formatted(bytes, MAX_PARAMETER_BYTES));
    }
  }

  /** Labels are a flat object of plain values; none is an empty object. */
  static ObjectNode labels(@Nullable ObjectNode labels) {
    if (labels == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      if (!label.getValue().isValueNode() || label.getValue().isNull()) {
        throw new IllegalArgumentException(
            "Label " + label.getKey() + " must be a boolean, a number or a string");
      }
    }
    return labels;
  }
}
