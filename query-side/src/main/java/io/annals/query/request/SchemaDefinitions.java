package io.annals.query.request;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The named schemas of an OpenAPI document, each described once. */
public final class SchemaDefinitions {
  private final Map<String, ObjectNode> byName = new TreeMap<>();

  /** A reference to a named schema, which is described first when it is new. */
  public ObjectNode reference(String name, Supplier<ObjectNode> description) {
    if (!byName.containsKey(name)) {
      byName.put(name, JsonNodeFactory.instance.objectNode()); // ends recursion
      byName.put(name, description.get());
    }
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  /** All schemas by name. */
  public Map<String, ObjectNode> all() {
    return byName;
  }
}
