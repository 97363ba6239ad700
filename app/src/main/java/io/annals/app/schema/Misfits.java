package io.annals.app.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import io.annals.command.schema.PythonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Retells the errors of the schema library as Prefect's server tells them. Where several schemas
 * are offered ({@code anyOf}, {@code oneOf}) and none fits, the library tells why each one does
 * not; Prefect only says that none does. Unexpected properties of one object are one error.
 */
final class Misfits {
  private static final Set<String> ALTERNATIVES = Set.of("anyOf", "oneOf");
  private static final Set<String> STEPS_WITH_A_NAME = Set.of("properties", "patternProperties");
  private static final Set<String> STEPS =
      Set.of(
          "additionalProperties", "contains", "items", "unevaluatedItems", "unevaluatedProperties");

  private final JsonNode value;
  private final Map<Place, Told> told = new LinkedHashMap<>();

  /** Where in the schema, and where in the value. */
  private record Place(List<Object> schemaPath, List<Object> path) {}

  /** An error, or the alternatives that it lies in; with the unexpected properties of an object. */
  private record Told(Error error, boolean isWithin, Set<String> properties) {}

  private Misfits(JsonNode value) {
    this.value = value;
  }

  static List<Misfit> of(JsonNode value, List<Error> errors) {
    Misfits misfits = new Misfits(value);
    errors.forEach(misfits::add);
    return misfits.told.entrySet().stream()
        .map(each -> misfits.misfit(each.getKey(), each.getValue()))
        .toList();
  }

  private void add(Error error) {
    List<Object> schemaPath = elements(error.getEvaluationPath());
    Place place = place(schemaPath, elements(error.getInstanceLocation()));
    boolean isWithin = place.schemaPath().size() < schemaPath.size();
    String property = error.getProperty();
    if (!isWithin && property != null && error.getKeyword().equals("required")) {
      // told as an error of the property, each for itself
      place = new Place(below(schemaPath, property), below(place.path(), property));
    }
    Told known = told.computeIfAbsent(place, first -> new Told(error, isWithin, new TreeSet<>()));
    if (property != null) {
      known.properties().add(property);
    }
  }

  private static List<Object> below(List<Object> path, Object step) {
    List<Object> below = new ArrayList<>(path);
    below.add(step);
    return below;
  }

  private static List<Object> elements(NodePath path) {
    List<Object> elements = new ArrayList<>();
    for (int index = 0; index < path.getNameCount(); index++) {
      elements.add(path.getElement(index));
    }
    return elements;
  }

  /** The outermost alternatives that an error lies in, or its own place. */
  private static Place place(List<Object> schemaPath, List<Object> path) {
    int depth = 0;
    int index = 0;
    while (index < schemaPath.size()) {
      String keyword = schemaPath.get(index).toString();
      if (ALTERNATIVES.contains(keyword)) {
        return new Place(schemaPath.subList(0, index + 1), path.subList(0, depth));
      }
      if (STEPS_WITH_A_NAME.contains(keyword) || keyword.equals("prefixItems")) {
        depth++;
        index++;
      } else if (STEPS.contains(keyword)) {
        depth++;
      } else if (keyword.equals("allOf") || keyword.equals("dependentSchemas")) {
        index++;
      }
      depth = Math.min(depth, path.size());
      index++;
    }
    return new Place(schemaPath, path);
  }

  private Misfit misfit(Place place, Told each) {
    Error error = each.error();
    if (each.isWithin()) {
      return new Misfit(
          place.path(), repr(at(place.path())) + " is not valid under any of the given schemas");
    }
    return new Misfit(place.path(), message(error, each.properties()));
  }

  private JsonNode at(List<Object> path) {
    JsonNode node = value;
    for (Object step : path) {
      node = step instanceof Integer index ? node.path(index) : node.path(step.toString());
    }
    return node;
  }

  private String message(Error error, Set<String> properties) {
    JsonNode instance = at(elements(error.getInstanceLocation()));
    JsonNode rule = error.getSchemaNode();
    String shown = repr(instance);
    return switch (error.getKeyword()) {
      case "required" ->
          PythonText.quoted(properties.iterator().next()) + " is a required property";
      case "type" -> shown + " is not of type " + types(rule);
      case "enum" -> shown + " is not one of " + repr(rule);
      case "const" -> repr(rule) + " was expected";
      case "minimum" -> shown + " is less than the minimum of " + repr(rule);
      case "maximum" -> shown + " is greater than the maximum of " + repr(rule);
      case "exclusiveMinimum" -> shown + " is less than or equal to the minimum of " + repr(rule);
      case "exclusiveMaximum" ->
          shown + " is greater than or equal to the maximum of " + repr(rule);
      case "multipleOf" -> shown + " is not a multiple of " + repr(rule);
      case "minLength", "minItems" -> shown + tooFew(rule, " is too short");
      case "minProperties" -> shown + tooFew(rule, " does not have enough properties");
      case "maxLength", "maxItems" -> shown + tooMany(rule, " is too long");
      case "maxProperties" -> shown + tooMany(rule, " has too many properties");
      case "uniqueItems" -> shown + " has non-unique elements";
      case "pattern" -> shown + " does not match " + repr(rule);
      case "format" -> shown + " is not a " + repr(rule);
      case "not" -> shown + " should not be valid under " + repr(rule);
      case "oneOf" -> shown + " is valid under each of " + schemas(rule);
      case "contains" -> shown + " does not contain items matching the given schema";
      case "additionalProperties" -> "Additional" + unexpected(properties);
      case "unevaluatedProperties" -> "Unevaluated" + unexpected(properties);
      default -> error.getMessage();
    };
  }

  private static String tooFew(JsonNode least, String otherwise) {
    return least.asInt(0) == 1 ? " should be non-empty" : otherwise;
  }

  private static String tooMany(JsonNode most, String otherwise) {
    return most.asInt(1) == 0 ? " is expected to be empty" : otherwise;
  }

  private static String types(JsonNode rule) {
    return rule.isArray() ? schemas(rule) : repr(rule);
  }

  private static String schemas(JsonNode rule) {
    return StreamSupport.stream(rule.spliterator(), false)
        .map(Misfits::repr)
        .collect(Collectors.joining(", "));
  }

  private static String unexpected(Set<String> properties) {
    return " properties are not allowed (%s %s unexpected)"
        .formatted(
            properties.stream().map(PythonText::quoted).collect(Collectors.joining(", ")),
            properties.size() == 1 ? "was" : "were");
  }

  private static String repr(JsonNode node) {
    return PythonText.of(node);
  }
}
