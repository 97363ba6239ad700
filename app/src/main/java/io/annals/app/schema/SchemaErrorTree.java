package io.annals.app.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Puts the errors of a validation, which come one by one, under the choice between several schemas
 * that they belong to. The path by which each was found says so.
 */
final class SchemaErrorTree {
  private final JsonNode schema;
  private final JsonNode value;

  private SchemaErrorTree(JsonNode schema, JsonNode value) {
    this.schema = schema;
    this.value = value;
  }

  /** The errors of a value that does not fit its schema. */
  static List<SchemaError> of(JsonNode schema, JsonNode value, List<Error> errors) {
    return new SchemaErrorTree(schema, value)
        .grouped(errors.stream().map(SchemaErrorTree::found).toList(), 0, 0);
  }

  /** What is wrong with a schema, by the errors that the schema of schemas finds in it. */
  static String flaw(JsonNode schema, List<Error> errors) {
    // The keywords lead through other documents, where only the types they ask for would matter.
    return SchemaError.mostTelling(of(MissingNode.getInstance(), schema, errors)).message();
  }

  /** An error with the keywords that led to it and the place where it was found. */
  private record Found(Error error, List<Object> route, List<Object> place) {}

  private static Found found(Error error) {
    return new Found(error, steps(error.getEvaluationPath()), steps(error.getInstanceLocation()));
  }

  private static List<Object> steps(NodePath path) {
    List<Object> steps = new ArrayList<>();
    for (int index = 0; index < path.getNameCount(); index++) {
      steps.add(path.getElement(index));
    }
    return steps;
  }

  /**
   * The errors from a schema on.
   *
   * @param from how many keywords led to that schema
   * @param depth how many steps led to the value that it was applied to
   */
  private List<SchemaError> grouped(List<Found> errors, int from, int depth) {
    Map<Object, List<Found>> together = new LinkedHashMap<>();
    for (Found error : errors) {
      Choice choice = nextChoice(error.route, from, depth);
      Object key =
          choice == null
              ? List.of(error.route, error.place, subject(error.error))
              : List.of(
                  error.route.subList(0, choice.at + 1), error.place.subList(0, choice.depth));
      together.computeIfAbsent(key, _ -> new ArrayList<>()).add(error);
    }
    return together.values().stream().map(group -> one(group, from, depth)).toList();
  }

  /** Properties that are too many are told of together, missing ones one by one. */
  private static String subject(Error error) {
    return "required".equals(error.getKeyword()) && error.getProperty() != null
        ? error.getProperty()
        : "";
  }

  private SchemaError one(List<Found> group, int from, int depth) {
    Found first = group.getFirst();
    Choice choice = nextChoice(first.route, from, depth);
    if (choice == null) {
      JsonNode holder = at(first.route.subList(0, first.route.size() - 1));
      return new SchemaError(
          first.place.subList(0, depth),
          first.place.subList(depth, first.place.size()),
          first.error.getKeyword(),
          first.error.getProperty(),
          first.error.getSchemaNode(),
          holder,
          first.error.getInstanceNode(),
          List.of());
    }
    JsonNode holder = at(first.route.subList(0, choice.at));
    String keyword = first.route.get(choice.at).toString();
    return new SchemaError(
        first.place.subList(0, depth),
        first.place.subList(depth, choice.depth),
        keyword,
        null,
        holder.path(keyword),
        holder,
        valueAt(first.place.subList(0, choice.depth)),
        grouped(group, choice.at + 2, choice.depth));
  }

  /**
   * A keyword that lets one of several schemas do: where on the route, and how deep in the value.
   */
  private record Choice(int at, int depth) {}

  private static @Nullable Choice nextChoice(List<Object> route, int from, int depth) {
    int at = from;
    int deep = depth;
    while (at < route.size()) {
      switch (route.get(at).toString()) {
        case "anyOf", "oneOf" -> {
          if (at + 2 < route.size()) {
            return new Choice(at, deep);
          }
          at += 2;
        }
        case "allOf", "dependentSchemas" -> at += 2;
        case "properties", "patternProperties", "prefixItems" -> {
          at += 2;
          deep++;
        }
        case "items",
            "additionalProperties",
            "contains",
            "unevaluatedProperties",
            "unevaluatedItems" -> {
          at++;
          deep++;
        }
        default -> at++;
      }
    }
    return null;
  }

  /** The schema that a route leads to, as far as it stays within this document. */
  private JsonNode at(List<Object> route) {
    JsonNode current = schema;
    for (Object step : route) {
      if ("$ref".equals(step)) {
        String reference = current.path("$ref").asString("");
        current =
            reference.startsWith("#")
                ? schema.at(reference.substring(1))
                : MissingNode.getInstance();
      } else {
        current = next(current, step);
      }
    }
    return current;
  }

  private JsonNode valueAt(List<Object> place) {
    JsonNode current = value;
    for (Object step : place) {
      current = next(current, step);
    }
    return current;
  }

  private static JsonNode next(JsonNode current, Object step) {
    return current.isArray() && step instanceof Integer index
        ? current.path(index)
        : current.path(step.toString());
  }
}
