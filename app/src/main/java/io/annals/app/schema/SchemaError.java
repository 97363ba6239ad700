package io.annals.app.schema;

import io.annals.command.schema.PythonText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that is wrong with a value, as python-jsonschema tells of it: clients know its words
 * and its choice of the error that says most.
 *
 * @param outer where the schema that it is an error of was applied, as keys and indices
 * @param path where in there the value is
 * @param keyword the keyword that is not met
 * @param property the property that the keyword speaks of, if it is one
 * @param expected what the keyword says
 * @param schema the schema with the keyword
 * @param value what does not meet it
 * @param context what is wrong with it by each of several schemas of which one should do
 */
record SchemaError(
    List<Object> outer,
    List<Object> path,
    String keyword,
    @Nullable String property,
    JsonNode expected,
    JsonNode schema,
    JsonNode value,
    List<SchemaError> context) {
  private static final Pattern PLAIN_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");
  private static final Set<String> WEAK = Set.of("anyOf", "oneOf");

  /** Greater is more relevant. */
  private static final Comparator<SchemaError> BY_RELEVANCE =
      Comparator.<SchemaError>comparingInt(error -> -error.path.size())
          .thenComparing(SchemaError::path, SchemaError::comparePaths)
          .thenComparing(error -> !WEAK.contains(error.keyword))
          .thenComparing(error -> !error.hasTypeAskedFor());

  /**
   * The error that says most: one high up, but where one of several schemas should do, the one that
   * came closest.
   */
  static SchemaError mostTelling(List<SchemaError> errors) {
    SchemaError best = errors.getFirst();
    for (SchemaError error : errors) {
      if (BY_RELEVANCE.compare(error, best) > 0) {
        best = error;
      }
    }
    while (!best.context.isEmpty()) {
      List<SchemaError> sorted = best.context.stream().sorted(BY_RELEVANCE).toList();
      if (sorted.size() > 1 && BY_RELEVANCE.compare(sorted.get(0), sorted.get(1)) == 0) {
        return best;
      }
      best = sorted.getFirst();
    }
    return best;
  }

  /** The same for one who tells all errors; a property that is missing is at fault itself. */
  Misfit misfit() {
    List<Object> place = new ArrayList<>(outer);
    place.addAll(path);
    if (keyword.equals("required") && property != null) {
      place.add(property);
    }
    return new Misfit(List.copyOf(place), message());
  }

  /** Where the value is, such as {@code a.b[0]}; null for the whole. */
  @Nullable String field() {
    StringBuilder field = new StringBuilder("$");
    List<Object> whole = new ArrayList<>(outer);
    whole.addAll(path);
    for (Object step : whole) {
      if (step instanceof Integer index) {
        field.append('[').append(index).append(']');
      } else if (PLAIN_NAME.matcher(step.toString()).matches()) {
        field.append('.').append(step);
      } else {
        String name = step.toString().replace("\\", "\\\\").replace("'", "\\'");
        field.append("['").append(name).append("']");
      }
    }
    return whole.isEmpty() ? null : field.toString().replace("$.", "");
  }

  /** What is wrong. */
  String message() {
    String shown = PythonText.of(value);
    return switch (keyword) {
      case "type" -> shown + " is not of type " + types();
      case "required" -> quotedProperty() + " is a required property";
      case "dependentRequired" -> shown + " lacks a property that depends on another";
      case "enum" -> shown + " is not one of " + PythonText.of(expected);
      case "const" -> PythonText.of(expected) + " was expected";
      case "anyOf" -> shown + " is not valid under any of the given schemas";
      case "oneOf" ->
          context.isEmpty()
              ? shown + " is valid under each of " + schemas()
              : shown + " is not valid under any of the given schemas";
      case "not" -> shown + " should not be valid under " + PythonText.of(expected);
      case "additionalProperties" -> "Additional properties are not allowed " + extras();
      case "unevaluatedProperties" -> "Unevaluated properties are not allowed " + extras();
      case "minimum" -> shown + " is less than the minimum of " + PythonText.of(expected);
      case "maximum" -> shown + " is greater than the maximum of " + PythonText.of(expected);
      case "exclusiveMinimum" ->
          shown + " is less than or equal to the minimum of " + PythonText.of(expected);
      case "exclusiveMaximum" ->
          shown + " is greater than or equal to the maximum of " + PythonText.of(expected);
      case "multipleOf" -> shown + " is not a multiple of " + PythonText.of(expected);
      case "minItems", "minLength" -> shown + (isOne() ? " should be non-empty" : " is too short");
      case "maxItems", "maxLength" ->
          shown + (isZero() ? " is expected to be empty" : " is too long");
      case "minProperties" ->
          shown + (isOne() ? " should be non-empty" : " does not have enough properties");
      case "maxProperties" ->
          shown + (isZero() ? " is expected to be empty" : " has too many properties");
      case "uniqueItems" -> shown + " has non-unique elements";
      case "pattern" -> shown + " does not match " + PythonText.of(expected);
      case "format" -> shown + " is not a " + PythonText.of(expected);
      case "contains" -> shown + " does not contain items matching the given schema";
      default -> shown + " does not meet " + keyword;
    };
  }

  private boolean isOne() {
    return expected.asInt(0) == 1;
  }

  private boolean isZero() {
    return expected.asInt(1) == 0;
  }

  private String quotedProperty() {
    return PythonText.quoted(property == null ? "" : property);
  }

  private String types() {
    if (!expected.isArray()) {
      return PythonText.of(expected);
    }
    StringJoiner types = new StringJoiner(", ");
    expected.forEach(type -> types.add(PythonText.of(type)));
    return types.toString();
  }

  private String schemas() {
    StringJoiner schemas = new StringJoiner(", ");
    expected.forEach(each -> schemas.add(PythonText.of(each)));
    return schemas.toString();
  }

  private String extras() {
    Set<String> extras = new TreeSet<>();
    value
        .propertyNames()
        .forEach(
            name -> {
              if (!schema.path("properties").has(name) && !matchesPattern(name)) {
                extras.add(name);
              }
            });
    StringJoiner named = new StringJoiner(", ");
    extras.forEach(name -> named.add(PythonText.quoted(name)));
    return "(" + named + (extras.size() == 1 ? " was" : " were") + " unexpected)";
  }

  private boolean matchesPattern(String name) {
    return schema.path("patternProperties").propertyNames().stream()
        .anyMatch(pattern -> Pattern.compile(pattern).matcher(name).find());
  }

  /** Whether the value has at least the type that the same schema asks for. */
  private boolean hasTypeAskedFor() {
    JsonNode types = schema.path("type");
    if (!types.isArray()) {
      return isOf(types.asString(""));
    }
    for (JsonNode type : types) {
      if (isOf(type.asString(""))) {
        return true;
      }
    }
    return false;
  }

  private boolean isOf(String type) {
    return switch (type) {
      case "string" -> value.isString();
      case "integer" -> value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private static int comparePaths(List<Object> one, List<Object> other) {
    for (int index = 0; index < Math.min(one.size(), other.size()); index++) {
      int order =
          one.get(index) instanceof Integer a && other.get(index) instanceof Integer b
              ? a.compareTo(b)
              : one.get(index).toString().compareTo(other.get(index).toString());
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }
}
