package io.annals.command.parameter;

import io.annals.command.parameter.RenderTemplate.BrokenTemplateException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Turns values that carry {@code __prefect_kind} into what they stand for: forms in the UI send
 * JSON that the user has typed as text, templates, and names of workspace variables.
 */
public final class Hydration {
  private static final String KIND = "__prefect_kind";
  private static final String VALUE = "value";
  private static final String TEMPLATE = "template";
  private static final String VARIABLE_NAME = "variable_name";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final FindVariable findVariable;
  private final RenderTemplate renderTemplate;

  /** Looks up and renders where values ask for it. */
  public Hydration(FindVariable findVariable, RenderTemplate renderTemplate) {
    this.findVariable = findVariable;
    this.renderTemplate = renderTemplate;
  }

  /**
   * What an object stands for; an empty object when it stands for nothing.
   *
   * @throws HydrationException when a value in it does not become anything
   */
  public JsonNode of(ObjectNode given) throws HydrationException {
    JsonNode hydrated = hydrate(given);
    return hydrated == null || hydrated.isNull() ? JsonNodeFactory.instance.objectNode() : hydrated;
  }

  /** What a value stands for, null when it is to be left out. */
  private @Nullable JsonNode hydrate(JsonNode given) throws HydrationException {
    if (given instanceof ObjectNode object) {
      JsonNode kind = object.get(KIND);
      return kind == null ? properties(object) : special(object, kind.stringValue(""));
    }
    return given instanceof ArrayNode array ? elements(array) : given;
  }

  private JsonNode properties(ObjectNode given) throws HydrationException {
    ObjectNode hydrated = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> property : given.properties()) {
      JsonNode value = hydrate(property.getValue());
      if (value != null) {
        hydrated.set(property.getKey(), value);
      }
    }
    return hydrated;
  }

  private JsonNode elements(ArrayNode given) throws HydrationException {
    ArrayNode hydrated = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : given) {
      JsonNode value = hydrate(element);
      if (value != null) {
        hydrated.add(value);
      }
    }
    return hydrated;
  }

  private @Nullable JsonNode special(ObjectNode given, String kind) throws HydrationException {
    return switch (kind) {
      case "none" -> hydrate(required(given, VALUE));
      case "json" -> given.has(VALUE) ? json(inner(given.get(VALUE))) : null;
      case "jinja" -> rendered(inner(required(given, TEMPLATE)));
      case "workspace_variable" ->
          given.has(VARIABLE_NAME) ? variable(inner(given.get(VARIABLE_NAME))) : null;
      default -> given.has(VALUE) ? given.get(VALUE) : NullNode.getInstance();
    };
  }

  private static JsonNode required(ObjectNode given, String key) throws HydrationException {
    JsonNode value = given.get(key);
    if (value == null) {
      throw new HydrationException("Missing '" + key + "' key in __prefect object");
    }
    return value;
  }

  /** What special values hold may be special itself. */
  private @Nullable JsonNode inner(JsonNode value) throws HydrationException {
    return value.isObject() ? hydrate(value) : value;
  }

  private static @Nullable JsonNode json(@Nullable JsonNode value) throws HydrationException {
    if (value == null || !value.isString()) {
      return value;
    }
    try {
      return JSON.readTree(value.stringValue());
    } catch (JacksonException broken) {
      throw new HydrationException("Invalid JSON: " + broken.getOriginalMessage());
    }
  }

  private @Nullable JsonNode rendered(@Nullable JsonNode template) throws HydrationException {
    if (template == null) {
      return null;
    }
    if (!template.isString()) {
      throw new HydrationException("Invalid jinja: a template is a text");
    }
    try {
      return StringNode.valueOf(renderTemplate.render(template.stringValue()));
    } catch (BrokenTemplateException broken) {
      throw new HydrationException("Invalid jinja: " + broken.getMessage());
    }
  }

  private @Nullable JsonNode variable(@Nullable JsonNode name) throws HydrationException {
    if (name == null) {
      return null;
    }
    String text = name.asString("");
    return findVariable
        .value(text)
        .orElseThrow(
            () -> new HydrationException("Variable '" + text + "' not found in workspace."));
  }
}
