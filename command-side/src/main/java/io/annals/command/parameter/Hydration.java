package io.annals.command.parameter;

import io.annals.command.template.BrokenTemplateException;
import io.annals.command.template.Template;
import java.util.ArrayList;
import java.util.List;
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

  /** Looks up variables where values ask for it. */
  public Hydration(FindVariable findVariable) {
    this.findVariable = findVariable;
  }

  /**
   * What an object stands for, templates rendered; an empty object when it stands for nothing.
   *
   * @throws HydrationException when a value in it does not become anything
   */
  public JsonNode of(ObjectNode given) throws HydrationException {
    Walk walk = new Walk(true);
    JsonNode hydrated = walk.hydrate(given, null);
    if (!walk.problems.isEmpty()) {
      throw new HydrationException(walk.problems.getFirst().message());
    }
    return hydrated == null || hydrated.isNull() ? JsonNodeFactory.instance.objectNode() : hydrated;
  }

  /** What the values of a form that is still being filled in stand for, as far as can be told. */
  public HydratedForm form(ObjectNode given) {
    Walk walk = new Walk(false);
    JsonNode hydrated = walk.hydrate(given, null);
    return new HydratedForm(
        hydrated == null ? JsonNodeFactory.instance.objectNode() : hydrated,
        List.copyOf(walk.problems),
        List.copyOf(walk.open));
  }

  /** A key or an index, and the place that it leads on from. */
  private record Place(@Nullable Place outer, Object step) {
    static List<Object> steps(@Nullable Place place) {
      List<Object> inwards = new ArrayList<>();
      for (Place current = place; current != null; current = current.outer) {
        inwards.add(current.step);
      }
      return List.copyOf(inwards.reversed());
    }
  }

  /** One walk through values. Null is what stands for a value that is to be left out. */
  private final class Walk {
    private final boolean isRendering;
    private final List<HydratedForm.Problem> problems = new ArrayList<>();
    private final List<List<Object>> open = new ArrayList<>();

    private Walk(boolean isRendering) {
      this.isRendering = isRendering;
    }

    private @Nullable JsonNode hydrate(JsonNode given, @Nullable Place place) {
      return switch (given) {
        case ObjectNode object when object.has(KIND) -> special(object, place);
        case ObjectNode object -> properties(object, place);
        case ArrayNode array -> elements(array, place);
        default -> given;
      };
    }

    private JsonNode properties(ObjectNode given, @Nullable Place place) {
      ObjectNode hydrated = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> property : given.properties()) {
        JsonNode value = hydrate(property.getValue(), new Place(place, property.getKey()));
        if (value != null) {
          hydrated.set(property.getKey(), value);
        }
      }
      return hydrated;
    }

    private JsonNode elements(ArrayNode given, @Nullable Place place) {
      ArrayNode hydrated = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : given) {
        JsonNode value = hydrate(element, new Place(place, hydrated.size()));
        if (value != null) {
          hydrated.add(value);
        }
      }
      return hydrated;
    }

    private @Nullable JsonNode special(ObjectNode given, @Nullable Place place) {
      return switch (given.path(KIND).asString("")) {
        case "none" -> given.has(VALUE) ? hydrate(given.get(VALUE), place) : missing(VALUE, place);
        case "json" -> given.has(VALUE) ? json(inner(given.get(VALUE), place), place) : null;
        case "jinja" ->
            given.has(TEMPLATE)
                ? rendered(inner(given.get(TEMPLATE), place), place)
                : missing(TEMPLATE, place);
        case "workspace_variable" ->
            given.has(VARIABLE_NAME)
                ? variable(inner(given.get(VARIABLE_NAME), place), place)
                : null;
        default -> given.has(VALUE) ? given.get(VALUE) : NullNode.getInstance();
      };
    }

    /** What special values hold may be special itself. */
    private @Nullable JsonNode inner(JsonNode value, @Nullable Place place) {
      return value.isObject() ? hydrate(value, place) : value;
    }

    private @Nullable JsonNode json(@Nullable JsonNode value, @Nullable Place place) {
      if (value == null || !value.isString() || isOpen(place)) {
        return value;
      }
      try {
        return JSON.readTree(value.stringValue());
      } catch (JacksonException broken) {
        return wrong("Invalid JSON: " + broken.getOriginalMessage(), place);
      }
    }

    private @Nullable JsonNode rendered(@Nullable JsonNode text, @Nullable Place place) {
      if (text == null || isOpen(place)) {
        return text;
      }
      if (!text.isString()) {
        return wrong("Invalid jinja: a template is a text", place);
      }
      try {
        Template template = Template.of(text.stringValue());
        return isRendering ? StringNode.valueOf(template.render()) : unknown(place);
      } catch (BrokenTemplateException broken) {
        return wrong("Invalid jinja: " + broken.getMessage(), place);
      }
    }

    private @Nullable JsonNode variable(@Nullable JsonNode name, @Nullable Place place) {
      if (name == null || isOpen(place)) {
        return name;
      }
      String text = name.asString("");
      return findVariable
          .value(text)
          .orElseGet(() -> wrong("Variable '" + text + "' not found in workspace.", place));
    }

    private JsonNode missing(String key, @Nullable Place place) {
      return wrong("Missing '" + key + "' key in __prefect object", place);
    }

    private JsonNode wrong(String message, @Nullable Place place) {
      problems.add(new HydratedForm.Problem(Place.steps(place), message));
      return unknown(place);
    }

    private JsonNode unknown(@Nullable Place place) {
      open.add(Place.steps(place));
      return NullNode.getInstance();
    }

    private boolean isOpen(@Nullable Place place) {
      return !open.isEmpty() && open.contains(Place.steps(place));
    }
  }
}
