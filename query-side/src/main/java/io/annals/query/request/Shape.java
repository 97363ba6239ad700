package io.annals.query.request;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How one type of value is read from JSON, and described in OpenAPI. */
interface Shape {
  /** The value, null where the JSON says null, or {@link Problems#UNREADABLE}. */
  @Nullable Object read(JsonNode json, Location at, Problems problems);

  /** The JSON Schema of the values read; record types go to the definitions. */
  ObjectNode describe(SchemaDefinitions definitions);
}
