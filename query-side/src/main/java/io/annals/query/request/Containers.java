package io.annals.query.request;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values made of values of one shape. */
final class Containers {
  private Containers() {}

  record ListShape(Shape items, boolean distinct) implements Shape {
    @Override
    public Object read(JsonNode json, Location at, Problems problems) {
      if (!json.isArray()) {
        return distinct
            ? problems.add("set_type", at, "Input should be a valid set", json)
            : problems.add("list_type", at, "Input should be a valid list", json);
      }
      List<@Nullable Object> values = new ArrayList<>(json.size());
      boolean readable = true;
      int index = 0;
      for (JsonNode item : json) {
        Object value = items.read(item, at.index(index++), problems);
        readable &= !Problems.UNREADABLE.equals(value);
        values.add(value);
      }
      if (!readable) {
        return Problems.UNREADABLE;
      }
      return distinct
          ? Collections.unmodifiableSet(new LinkedHashSet<>(values))
          : Collections.unmodifiableList(values);
    }

    @Override
    public ObjectNode describe(SchemaDefinitions definitions) {
      ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
      if (distinct) {
        schema.put("uniqueItems", true);
      }
      schema.set("items", items.describe(definitions));
      return schema;
    }
  }

  record MapShape(Shape values) implements Shape {
    @Override
    public Object read(JsonNode json, Location at, Problems problems) {
      if (!json.isObject()) {
        return problems.add("dict_type", at, "Input should be a valid dictionary", json);
      }
      Map<String, @Nullable Object> read = new LinkedHashMap<>();
      boolean readable = true;
      for (Map.Entry<String, JsonNode> property : json.properties()) {
        Object value = values.read(property.getValue(), at.key(property.getKey()), problems);
        readable &= !Problems.UNREADABLE.equals(value);
        read.put(property.getKey(), value);
      }
      return readable ? Collections.unmodifiableMap(read) : Problems.UNREADABLE;
    }

    @Override
    public ObjectNode describe(SchemaDefinitions definitions) {
      ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
      schema.set("additionalProperties", values.describe(definitions));
      return schema;
    }
  }

  record NullableShape(Shape shape) implements Shape {
    @Override
    public @Nullable Object read(JsonNode json, Location at, Problems problems) {
      return json.isNull() ? null : shape.read(json, at, problems);
    }

    @Override
    public ObjectNode describe(SchemaDefinitions definitions) {
      ObjectNode schema = JsonNodeFactory.instance.objectNode();
      schema
          .putArray("anyOf")
          .add(shape.describe(definitions))
          .add(JsonNodeFactory.instance.objectNode().put("type", "null"));
      return schema;
    }
  }

  record PatchShape(Shape shape) implements Shape {
    @Override
    public Object read(JsonNode json, Location at, Problems problems) {
      @Nullable Object value = shape.read(json, at, problems);
      return value != null && Problems.UNREADABLE.equals(value)
          ? value
          : new Patch.Given<@Nullable Object>(value);
    }

    @Override
    public ObjectNode describe(SchemaDefinitions definitions) {
      return shape.describe(definitions);
    }
  }
}
