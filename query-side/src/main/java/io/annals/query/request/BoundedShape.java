package io.annals.query.request;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A value within the bounds that its component is annotated with. */
record BoundedShape(
    Shape shape,
    @Nullable Long atLeast,
    @Nullable Long atMost,
    @Nullable Integer maxLength,
    @Nullable Pattern pattern,
    String otherwise,
    @Nullable Rule rule)
    implements Shape {
  /** The shape itself when the component has no bounds. */
  static Shape of(Shape shape, RecordComponent component) {
    AtLeast atLeast = component.getAnnotation(AtLeast.class);
    AtMost atMost = component.getAnnotation(AtMost.class);
    MaxLength maxLength = component.getAnnotation(MaxLength.class);
    Matches matches = component.getAnnotation(Matches.class);
    Obeys obeys = component.getAnnotation(Obeys.class);
    if (atLeast == null
        && atMost == null
        && maxLength == null
        && matches == null
        && obeys == null) {
      return shape;
    }
    return new BoundedShape(
        shape,
        atLeast == null ? null : atLeast.value(),
        atMost == null ? null : atMost.value(),
        maxLength == null ? null : maxLength.value(),
        matches == null ? null : Pattern.compile(matches.value()),
        matches == null ? "" : matches.otherwise(),
        obeys == null ? null : rule(obeys.value()));
  }

  private static Rule rule(Class<? extends Rule> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(type + " has no constructor without parameters", impossible);
    }
  }

  @Override
  public @Nullable Object read(JsonNode json, Location at, Problems problems) {
    Object value = shape.read(json, at, problems);
    if (rule != null && value != null && !Problems.UNREADABLE.equals(value)) {
      Optional<String> broken = rule.broken(json);
      if (broken.isPresent()) {
        return valueError(broken.get(), json, at, problems);
      }
    }
    return checkedValue(value, json, at, problems);
  }

  private static Object valueError(String what, JsonNode json, Location at, Problems problems) {
    return problems.add("value_error", at, "Value error, " + what, json, Map.of("error", Map.of()));
  }

  private @Nullable Object checkedValue(
      @Nullable Object value, JsonNode json, Location at, Problems problems) {
    return switch (value) {
      case Patch.Given<?>(Object given) ->
          Problems.UNREADABLE.equals(checkedValue(given, json, at, problems))
              ? Problems.UNREADABLE
              : value;
      case Number number -> checked(number, json, at, problems);
      case String text -> checked(text, json, at, problems);
      case Collection<?> items -> checked(items, json, at, problems);
      case null, default -> value;
    };
  }

  private Object checked(Number number, JsonNode json, Location at, Problems problems) {
    if (atLeast != null && number.doubleValue() < atLeast) {
      return problems.add(
          "greater_than_equal",
          at,
          "Input should be greater than or equal to " + atLeast,
          json,
          Map.of("ge", atLeast));
    }
    if (atMost != null && number.doubleValue() > atMost) {
      return problems.add(
          "less_than_equal",
          at,
          "Input should be less than or equal to " + atMost,
          json,
          Map.of("le", atMost));
    }
    return number;
  }

  private Object checked(String text, JsonNode json, Location at, Problems problems) {
    if (maxLength != null && text.codePointCount(0, text.length()) > maxLength) {
      return problems.add(
          "string_too_long",
          at,
          "String should have at most " + maxLength + " characters",
          json,
          Map.of("max_length", maxLength));
    }
    if (pattern != null && !pattern.matcher(text).find()) {
      return mismatch(pattern, json, at, problems);
    }
    return text;
  }

  private Object mismatch(Pattern wanted, JsonNode json, Location at, Problems problems) {
    return otherwise.isEmpty()
        ? problems.add(
            "string_pattern_mismatch",
            at,
            "String should match pattern '" + wanted.pattern() + "'",
            json,
            Map.of("pattern", wanted.pattern()))
        : valueError(otherwise, json, at, problems);
  }

  private Object checked(Collection<?> items, JsonNode json, Location at, Problems problems) {
    if (maxLength != null && items.size() > maxLength) {
      return problems.add(
          "too_long",
          at,
          "List should have at most %d items after validation, not %d"
              .formatted(maxLength, items.size()),
          json,
          Map.of("field_type", "List", "max_length", maxLength, "actual_length", items.size()));
    }
    return items;
  }

  @Override
  public ObjectNode describe(SchemaDefinitions definitions) {
    ObjectNode schema = shape.describe(definitions);
    if (atLeast != null) {
      schema.put("minimum", atLeast);
    }
    if (atMost != null) {
      schema.put("maximum", atMost);
    }
    if (pattern != null && otherwise.isEmpty()) {
      schema.put("pattern", pattern.pattern());
    }
    return schema;
  }
}
