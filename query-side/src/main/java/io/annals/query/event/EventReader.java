package io.annals.query.event;

import io.annals.events.log.Face;
import io.annals.query.request.InstantText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads events as clients send them, and holds them to the limits. */
public final class EventReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final EventLimits limits;

  /** Holds events to the given limits. */
  public EventReader(EventLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads one event from its JSON text. The size is the caller's to check.
   *
   * @throws InvalidEventException when it is not JSON or not an event
   */
  public Face one(String json) {
    List<EventProblem> problems = new ArrayList<>();
    Face face = read(tree(json), List.of(), problems);
    if (face == null) {
      throw new InvalidEventException(problems);
    }
    return face;
  }

  /**
   * Reads the list of a request; one bad event refuses them all, one that is too large is left out.
   *
   * @throws InvalidEventException with every problem of every event
   */
  public List<Face> list(JsonNode events) {
    JsonNode tree = StorableText.of(events);
    if (!tree.isArray()) {
      throw new InvalidEventException(
          List.of(new EventProblem(List.of(), "list_type", "Input should be a valid list", tree)));
    }
    List<EventProblem> problems = new ArrayList<>();
    List<Face> faces = new ArrayList<>();
    for (int i = 0; i < tree.size(); i++) {
      Face face = read(tree.get(i), List.of(i), problems);
      if (face != null && fits(tree.get(i))) {
        faces.add(face);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidEventException(problems);
    }
    return faces;
  }

  private boolean fits(JsonNode event) {
    return JSON.writeValueAsBytes(event).length <= limits.maximumSizeBytes();
  }

  private static JsonNode tree(String json) {
    try {
      JsonNode tree = JSON.readTree(json);
      return StorableText.isIn(json) ? tree : StorableText.of(tree);
    } catch (JacksonException broken) {
      throw new InvalidEventException(
          List.of(
              new EventProblem(
                  List.of(offset(broken)),
                  "json_invalid",
                  "JSON decode error",
                  JsonNodeFactory.instance.objectNode())));
    }
  }

  private static Object offset(JacksonException broken) {
    return broken.getLocation() == null ? 0L : Math.max(0L, broken.getLocation().getCharOffset());
  }

  private @Nullable Face read(JsonNode node, List<Object> at, List<EventProblem> problems) {
    if (!(node instanceof ObjectNode event)) {
      problems.add(
          new EventProblem(
              at,
              "model_attributes_type",
              "Input should be a valid dictionary or object to extract fields from",
              node));
      return null;
    }
    int before = problems.size();
    Fields fields = new Fields(event, at, problems);
    Instant occurred = fields.moment("occurred");
    String name = fields.name("event", limits.maximumEventNameLength());
    Map<String, String> resource = resource(fields, "resource");
    List<Map<String, String>> related = related(fields);
    ObjectNode payload = fields.object("payload");
    UUID id = fields.id("id", true);
    UUID follows = fields.id("follows", false);
    if (problems.size() > before || occurred == null || name == null || id == null) {
      return null;
    }
    return new Face(id, occurred, name, resource, related, payload, follows);
  }

  private Map<String, String> resource(Fields fields, String key) {
    JsonNode node = fields.required(key);
    return node == null ? Map.of() : labels(fields, node, List.of(key), false);
  }

  private List<Map<String, String>> related(Fields fields) {
    JsonNode node = fields.event().get("related");
    if (node == null) {
      return List.of();
    }
    if (!node.isArray()) {
      fields.problem(List.of("related"), "list_type", "Input should be a valid list", node);
      return List.of();
    }
    if (node.size() > limits.maximumRelatedResources()) {
      fields.valueError(
          List.of("related"),
          "The maximum number of related resources is " + limits.maximumRelatedResources(),
          node);
      return List.of();
    }
    List<Map<String, String>> related = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      related.add(labels(fields, node.get(i), List.of("related", i), true));
    }
    return related;
  }

  private Map<String, String> labels(
      Fields fields, JsonNode node, List<Object> at, boolean needsRole) {
    if (!(node instanceof ObjectNode object)) {
      fields.problem(at, "dict_type", "Input should be a valid dictionary", node);
      return Map.of();
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> label : object.properties()) {
      if (label.getValue().isString()) {
        labels.put(label.getKey(), label.getValue().stringValue());
      } else {
        List<Object> deeper = new ArrayList<>(at);
        deeper.add(label.getKey());
        fields.problem(deeper, "string_type", "Input should be a valid string", label.getValue());
      }
    }
    String wrong = wrong(object, labels, needsRole);
    if (wrong != null) {
      fields.valueError(at, wrong, node);
    }
    return labels;
  }

  private @Nullable String wrong(ObjectNode given, Map<String, String> labels, boolean needsRole) {
    if (labels.size() < given.size()) {
      return null; // said already
    }
    if (labels.size() > limits.maximumLabelsPerResource()) {
      return "The maximum number of labels per resource is " + limits.maximumLabelsPerResource();
    }
    String noId = missing(labels, Face.RESOURCE_ID, "Resources");
    if (noId != null || !needsRole) {
      return noId;
    }
    return missing(labels, Face.RESOURCE_ROLE, "Related Resources");
  }

  private static @Nullable String missing(Map<String, String> labels, String label, String who) {
    String value = labels.get(label);
    if (value == null) {
      return who + " must include the " + label + " label";
    }
    return value.isEmpty() ? "The " + label + " label must be non-empty" : null;
  }

  /** The fields of one event, and where to complain about them. */
  private record Fields(ObjectNode event, List<Object> at, List<EventProblem> problems) {
    void problem(List<Object> deeper, String type, String msg, @Nullable JsonNode input) {
      List<Object> loc = new ArrayList<>(at);
      loc.addAll(deeper);
      problems.add(new EventProblem(loc, type, msg, input));
    }

    void valueError(List<Object> deeper, String text, JsonNode input) {
      problem(deeper, "value_error", "Value error, " + text, input);
    }

    @Nullable JsonNode required(String key) {
      JsonNode node = event.get(key);
      if (node == null) {
        problem(List.of(key), "missing", "Field required", event);
      }
      return node;
    }

    @Nullable Instant moment(String key) {
      JsonNode node = required(key);
      Instant moment = node == null ? null : InstantText.read(node).orElse(null);
      if (node != null && moment == null) {
        problem(List.of(key), "datetime_parsing", "Input should be a valid datetime", node);
      }
      return moment;
    }

    @Nullable String name(String key, int maxLength) {
      JsonNode node = required(key);
      if (node == null) {
        return null;
      }
      if (!node.isString()) {
        problem(List.of(key), "string_type", "Input should be a valid string", node);
        return null;
      }
      String name = node.stringValue();
      if (name.codePointCount(0, name.length()) > maxLength) {
        valueError(List.of(key), "Event name must be at most " + maxLength + " characters", node);
      }
      return name;
    }

    ObjectNode object(String key) {
      JsonNode node = event.get(key);
      if (node instanceof ObjectNode object) {
        return object;
      }
      if (node != null) {
        problem(List.of(key), "dict_type", "Input should be a valid dictionary", node);
      }
      return JsonNodeFactory.instance.objectNode();
    }

    @Nullable UUID id(String key, boolean isRequired) {
      JsonNode node = isRequired ? required(key) : event.get(key);
      if (node == null || (node.isNull() && !isRequired)) {
        return null;
      }
      UUID id = node.isString() ? EventIds.read(node.stringValue()) : null;
      if (id == null) {
        problem(List.of(key), "uuid_parsing", "Input should be a valid UUID", node);
      }
      return id;
    }
  }
}
