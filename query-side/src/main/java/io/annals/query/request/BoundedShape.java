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
    @Nullable Long moreThan,
    @Nullable Long atLeast,
    @Nullable Long atMost,
    @Nullable MaxLength maxLength,
    @Nullable Pattern pattern,
    String otherwise,
    @Nullable ValueCheck<Object> check)
    implements Shape {
  /** The shape itself when the component has no bounds. */
  static Shape of(Shape shape, RecordComponent component) {
    MoreThan moreThan = component.getAnnotation(MoreThan.class);
    AtLeast atLeast = component.getAnnotation(AtLeast.class);
    AtMost atMost = component.getAnnotation(AtMost.class);
    MaxLength maxLength = component.getAnnotation(MaxLength.class);
    CheckedBy checkedBy = component.getAnnotation(CheckedBy.class);
    Shape bounded = shape;
    if (moreThan != null || atLeast != null || atMost != null || maxLength != null) {
      bounded =
          new BoundedShape(
              shape,
              moreThan == null ? null : moreThan.value(),
              atLeast == null ? null : atLeast.value(),
              atMost == null ? null : atMost.value(),
              maxLength,
              null,
              "",
              null);
    }
    for (Matches matches : component.getAnnotationsByType(Matches.class)) {
      Pattern pattern = Pattern.compile(matches.value());
      bounded =
          new BoundedShape(bounded, null, null, null, null, pattern, matches.otherwise(), null);
    }
    return checkedBy == null
        ? bounded
        : new BoundedShape(bounded, null, null, null, null, null, "", check(checkedBy.value()));
  }

  @SuppressWarnings("unchecked") // the annotation stands at a component of the type it checks
  private static ValueCheck<Object> check(Class<? extends ValueCheck<?>> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return (ValueCheck<Object>) constructor.newInstance();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(type + " cannot be made", impossible);
    }
  }

  /** The shape without any bounds. */
  Shape unbounded() {
    return shape instanceof BoundedShape inner ? inner.unbounded() : shape;
  }

  @Override
  public @Nullable Object read(JsonNode json, Location at, Problems problems) {
    return checkedValue(shape.read(json, at, problems), json, at, problems);
  }

  private @Nullable Object checkedValue(
      @Nullable Object value, JsonNode json, Location at, Problems problems) {
    if (value instanceof Patch.Given<?>(Object given)) {
      return Problems.UNREADABLE.equals(checkedValue(given, json, at, problems))
          ? Problems.UNREADABLE
          : value;
    }
    @Nullable Object bounded = bounded(value, json, at, problems);
    if (bounded == null || check == null || Problems.UNREADABLE.equals(bounded)) {
      return bounded;
    }
    Optional<ValueCheck.Finding> finding = problems.checks().inPlaceOf(check).check(bounded);
    return finding.isEmpty()
        ? bounded
        : problems.add(
            finding.get().type(), at, finding.get().message(), json, finding.get().context());
  }

  private @Nullable Object bounded(
      @Nullable Object value, JsonNode json, Location at, Problems problems) {
    return switch (value) {
      case Number number -> checked(number, json, at, problems);
      case String text -> checked(text, json, at, problems);
      case Collection<?> items -> checked(items, json, at, problems);
      case null, default -> value;
    };
  }

  private Object checked(Number number, JsonNode json, Location at, Problems problems) {
    if (moreThan != null && number.doubleValue() <= moreThan) {
      return problems.add(
          "greater_than",
          at,
          "Input should be greater than " + moreThan,
          json,
          Map.of("gt", like(number, moreThan)));
    }
    if (atLeast != null && number.doubleValue() < atLeast) {
      return problems.add(
          "greater_than_equal",
          at,
          "Input should be greater than or equal to " + atLeast,
          json,
          Map.of("ge", like(number, atLeast)));
    }
    if (atMost != null && number.doubleValue() > atMost) {
      return problems.add(
          "less_than_equal",
          at,
          "Input should be less than or equal to " + atMost,
          json,
          Map.of("le", like(number, atMost)));
    }
    return number;
  }

  /** Bounds of numbers with a fraction are shown with one. */
  private static Number like(Number number, long bound) {
    return number instanceof Double ? (Number) (double) bound : (Number) bound;
  }

  private Object checked(String text, JsonNode json, Location at, Problems problems) {
    int length = text.codePointCount(0, text.length());
    if (maxLength != null && !maxLength.afterCheck() && length > maxLength.value()) {
      return problems.add(
          "string_too_long",
          at,
          "String should have at most " + maxLength.value() + " characters",
          json,
          Map.of("max_length", maxLength.value()));
    }
    if (pattern != null && !pattern.matcher(text).find()) {
      return mismatch(pattern, json, at, problems);
    }
    return maxLength != null && length > maxLength.value()
        ? tooLong("Value", maxLength.value(), length, json, at, problems)
        : text;
  }

  private static Object tooLong(
      String what, int most, int length, JsonNode json, Location at, Problems problems) {
    return problems.add(
        "too_long",
        at,
        what + " should have at most %d items after validation, not %d".formatted(most, length),
        json,
        Map.of("field_type", what, "max_length", most, "actual_length", length));
  }

  private Object mismatch(Pattern wanted, JsonNode json, Location at, Problems problems) {
    return otherwise.isEmpty()
        ? problems.add(
            "string_pattern_mismatch",
            at,
            "String should match pattern '" + wanted.pattern() + "'",
            json,
            Map.of("pattern", wanted.pattern()))
        : problems.add(
            "value_error", at, "Value error, " + otherwise, json, Map.of("error", Map.of()));
  }

  private Object checked(Collection<?> items, JsonNode json, Location at, Problems problems) {
    return maxLength != null && items.size() > maxLength.value()
        ? tooLong("List", maxLength.value(), items.size(), json, at, problems)
        : items;
  }

  @Override
  public ObjectNode describe(SchemaDefinitions definitions) {
    ObjectNode schema = shape.describe(definitions);
    if (moreThan != null) {
      schema.put("exclusiveMinimum", moreThan);
    }
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
