package io.annals.app.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of a form that is still being filled in. A value that carries {@code __prefect_kind}
 * stands for another one; where that cannot be told yet, or not at all, nothing else is said of it.
 */
final class FormValues {
  private static final String KIND = "__prefect_kind";
  private static final String VALUE = "value";
  private static final String TEMPLATE = "template";
  private static final String VARIABLE_NAME = "variable_name";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Function<String, Optional<JsonNode>> variables;
  private final List<Misfit> problems = new ArrayList<>();
  private final List<List<Object>> open = new ArrayList<>();

  /**
   * Values that may name variables.
   *
   * @param variables the value of a workspace variable
   */
  FormValues(Function<String, Optional<JsonNode>> variables) {
    this.variables = variables;
  }

  /** What the values stand for; null in the place of those that {@link #isOpen}. */
  JsonNode of(ObjectNode given) {
    JsonNode read = read(given, List.of());
    return read == null ? JsonNodeFactory.instance.objectNode() : read;
  }

  /** What is wrong with the values themselves. */
  List<Misfit> problems() {
    return problems;
  }

  /** Whether nothing is known of the value at a path, or all has been said. */
  boolean isOpen(List<Object> path) {
    return open.contains(path);
  }

  private @Nullable JsonNode read(JsonNode given, List<Object> path) {
    return switch (given) {
      case ObjectNode object when object.has(KIND) -> special(object, path);
      case ObjectNode object -> {
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
          JsonNode value = read(property.getValue(), below(path, property.getKey()));
          if (value != null) {
            read.set(property.getKey(), value);
          }
        }
        yield read;
      }
      case JsonNode array when array.isArray() -> {
        var read = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : array) {
          JsonNode value = read(item, below(path, read.size()));
          if (value != null) {
            read.add(value);
          }
        }
        yield read;
      }
      default -> given;
    };
  }

  private static List<Object> below(List<Object> path, Object step) {
    List<Object> below = new ArrayList<>(path);
    below.add(step);
    return below;
  }

  /** What a special value stands for, null when it is to be left out. */
  private @Nullable JsonNode special(ObjectNode given, List<Object> path) {
    return switch (given.path(KIND).asString("")) {
      case "none" -> given.has(VALUE) ? read(given.get(VALUE), path) : missing(VALUE, path);
      case "json" -> given.has(VALUE) ? json(inner(given.get(VALUE), path), path) : null;
      case "jinja" -> given.has(TEMPLATE) ? unknown(path) : missing(TEMPLATE, path);
      case "workspace_variable" ->
          given.has(VARIABLE_NAME) ? variable(inner(given.get(VARIABLE_NAME), path), path) : null;
      default -> given.has(VALUE) ? given.get(VALUE) : NullNode.getInstance();
    };
  }

  /** What special values hold may be special itself. */
  private @Nullable JsonNode inner(JsonNode value, List<Object> path) {
    return value.isObject() ? read(value, path) : value;
  }

  private @Nullable JsonNode json(@Nullable JsonNode value, List<Object> path) {
    if (value == null || !value.isString()) {
      return value;
    }
    try {
      return JSON.readTree(value.stringValue());
    } catch (JacksonException broken) {
      return wrong("Invalid JSON: " + broken.getOriginalMessage(), path);
    }
  }

  private @Nullable JsonNode variable(@Nullable JsonNode name, List<Object> path) {
    if (name == null || isOpen(path)) {
      return name;
    }
    String text = name.asString("");
    return variables
        .apply(text)
        .orElseGet(() -> wrong("Variable '" + text + "' not found in workspace.", path));
  }

  private JsonNode missing(String key, List<Object> path) {
    return wrong("Missing '" + key + "' key in __prefect object", path);
  }

  private JsonNode wrong(String message, List<Object> path) {
    problems.add(new Misfit(path, message));
    return unknown(path);
  }

  private JsonNode unknown(List<Object> path) {
    open.add(path);
    return NullNode.getInstance();
  }
}
