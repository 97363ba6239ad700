package io.annals.command.flowrun;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns values that carry {@code __prefect_kind} into what they stand for: forms in the UI send
 * JSON that the user has typed as text. Templates and workspace variables are refused.
 */
final class Hydration {
  private static final String KIND = "__prefect_kind";
  private static final String VALUE = "value";
  private static final JsonMapper JSON = JsonMapper.shared();

  private Hydration() {}

  /** A value that does not become anything. */
  static final class Failed extends Exception {
    private Failed(String message) {
      super(message);
    }
  }

  /** What an object stands for; an empty object when it stands for nothing. */
  static JsonNode of(ObjectNode given) throws Failed {
    JsonNode hydrated = hydrate(given);
    return hydrated == null || hydrated.isNull() ? JsonNodeFactory.instance.objectNode() : hydrated;
  }

  /** What a value stands for, null when it is to be left out. */
  private static @Nullable JsonNode hydrate(JsonNode given) throws Failed {
    if (given instanceof ObjectNode object) {
      JsonNode kind = object.get(KIND);
      return kind == null ? properties(object) : special(object, kind.stringValue(""));
    }
    return given instanceof ArrayNode array ? elements(array) : given;
  }

  private static JsonNode properties(ObjectNode given) throws Failed {
    ObjectNode hydrated = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> property : given.properties()) {
      JsonNode value = hydrate(property.getValue());
      if (value != null) {
        hydrated.set(property.getKey(), value);
      }
    }
    return hydrated;
  }

  private static JsonNode elements(ArrayNode given) throws Failed {
    ArrayNode hydrated = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : given) {
      JsonNode value = hydrate(element);
      if (value != null) {
        hydrated.add(value);
      }
    }
    return hydrated;
  }

  private static @Nullable JsonNode special(ObjectNode given, String kind) throws Failed {
    JsonNode value = given.get(VALUE);
    return switch (kind) {
      case "none" -> {
        if (value == null) {
          throw new Failed("Missing 'value' key in __prefect object");
        }
        yield hydrate(value);
      }
      case "json" -> value == null ? null : json(value);
      case "jinja", "workspace_variable" ->
          throw new Failed("Values of kind '" + kind + "' cannot be resolved here.");
      default -> value == null ? NullNode.getInstance() : value;
    };
  }

  private static @Nullable JsonNode json(JsonNode value) throws Failed {
    JsonNode hydrated = value.isObject() ? hydrate(value) : value;
    if (hydrated == null || !hydrated.isString()) {
      return hydrated;
    }
    try {
      return JSON.readTree(hydrated.stringValue());
    } catch (JacksonException broken) {
      throw new Failed("Invalid JSON: " + broken.getOriginalMessage());
    }
  }
}
