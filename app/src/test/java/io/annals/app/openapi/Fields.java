package io.annals.app.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema as a flat list: the path of every value, and its type. {@code flow_runs.tags.all_}
 * is an {@code array}, its items are {@code flow_runs.tags.all_[]}.
 */
final class Fields {
  /** Deeper values are not compared. */
  private static final int MAX_DEPTH = 8;

  private static final String ANYTHING = "anything";

  private final JsonNode schemas;
  private final Map<String, String> types = new TreeMap<>();

  private Fields(JsonNode schemas) {
    this.schemas = schemas;
  }

  /** The values of a schema by path; of the root, the path is empty. */
  static Map<String, String> of(JsonNode schema, JsonNode schemas) {
    Fields fields = new Fields(schemas);
    if (schema.isObject()) {
      fields.add("", schema, Set.of(), 0);
    }
    return fields.types;
  }

  /** What differs: in words, one line for each path. */
  static List<String> differences(Map<String, String> theirs, Map<String, String> ours) {
    List<String> found = new ArrayList<>();
    Set<String> paths = new TreeSet<>(theirs.keySet());
    paths.addAll(ours.keySet());
    for (String path : paths) {
      if (isBelowAnything(path, theirs) || isBelowAnything(path, ours)) {
        continue;
      }
      String wanted = theirs.get(path);
      String given = ours.get(path);
      String name = path.isEmpty() ? "the whole" : "`" + path + "`";
      if (wanted == null) {
        found.add(name + " is extra");
      } else if (given == null) {
        found.add(name + " is missing");
      } else if (!wanted.equals(given) && !wanted.equals(ANYTHING) && !given.equals(ANYTHING)) {
        found.add(name + " is " + given + " instead of " + wanted);
      }
    }
    return found;
  }

  private static boolean isBelowAnything(String path, Map<String, String> types) {
    for (int end = path.length(); end > 0; end = before(path, end)) {
      String above = path.substring(0, before(path, end));
      String type = types.get(above);
      if (type != null && (type.equals(ANYTHING) || type.equals("any object"))) {
        return true;
      }
    }
    return false;
  }

  private static int before(String path, int end) {
    return Math.max(0, Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1)));
  }

  private void add(String path, JsonNode schema, Set<String> above, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    String reference = schema.path("$ref").asString("");
    if (!reference.isEmpty()) {
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      if (!above.contains(name)) {
        Set<String> deeper = new HashSet<>(above);
        deeper.add(name);
        add(path, schemas.path(name), deeper, depth);
      }
      return;
    }
    List<JsonNode> choices = choices(schema);
    if (choices.size() == 1) {
      add(path, choices.getFirst(), above, depth);
      return;
    }
    if (choices.size() > 1) {
      types.put(path, ANYTHING); // what a union allows is for the tests that send it
      return;
    }
    addPlain(path, schema, above, depth);
  }

  private void addPlain(String path, JsonNode schema, Set<String> above, int depth) {
    switch (schema.path("type").asString("")) {
      case "object" -> {
        boolean open = schema.path("properties").isEmpty();
        types.put(path, open ? "any object" : "object");
        schema
            .path("properties")
            .properties()
            .forEach(
                property ->
                    add(
                        path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
                        property.getValue(),
                        above,
                        depth + 1));
      }
      case "array" -> {
        types.put(path, "array");
        add(path + "[]", schema.path("items"), above, depth + 1);
      }
      case "" -> types.put(path, ANYTHING);
      case String scalar -> {
        String format = schema.path("format").asString("");
        types.put(path, format.isEmpty() ? scalar : scalar + " (" + format + ")");
      }
    }
  }

  /** The alternatives of a schema; null is none, as every nullable value has it. */
  private static List<JsonNode> choices(JsonNode schema) {
    List<JsonNode> choices = new ArrayList<>();
    schema.path("allOf").forEach(choices::add);
    for (JsonNode choice : schema.path("anyOf")) {
      if (!choice.path("type").asString("").equals("null")) {
        choices.add(choice);
      }
    }
    return choices;
  }
}
