package io.annals.query.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object read into a record. */
final class RecordShape implements Shape {
  private static final Object MISSING = new Object();
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])([A-Z])");

  private final Class<?> type;
  private final boolean ignoresUnknownKeys;
  private final boolean nullMeansDefault;
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, Integer> indexByKey = new HashMap<>();
  private final MethodHandle constructor;
  private final @Nullable Preparation preparation;

  /** One component: its key, how it is read, and what it is when the key is missing. */
  private record Part(String key, Shape shape, @Nullable Object missing) {
    boolean isRequired() {
      return MISSING.equals(missing);
    }
  }

  RecordShape(Class<?> type) {
    this.type = type;
    this.ignoresUnknownKeys = type.isAnnotationPresent(IgnoresUnknownKeys.class);
    this.nullMeansDefault = type.isAnnotationPresent(NullMeansDefault.class);
    this.constructor = constructor(type);
    this.preparation = preparation(type);
  }

  /** Looks at the components; apart from the constructor so that records may contain themselves. */
  void resolve() {
    for (RecordComponent component : type.getRecordComponents()) {
      Shape shape = BoundedShape.of(Shapes.of(component.getAnnotatedType()), component);
      Part part = new Part(key(component), shape, missing(component, shape));
      indexByKey.put(part.key(), parts.size());
      parts.add(part);
    }
  }

  private static String key(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property != null
        ? property.value()
        : HUMP.matcher(component.getName()).replaceAll("_$1").toLowerCase(Locale.ROOT);
  }

  private static @Nullable Object missing(RecordComponent component, Shape shape) {
    Default value = component.getAnnotation(Default.class);
    if (value != null) {
      Problems problems = new Problems();
      Object read =
          shape.read(WireJson.MAPPER.readTree(value.value()), Location.root("default"), problems);
      if (!problems.isEmpty()) {
        throw new IllegalStateException(
            component + " has an impossible default: " + problems.all());
      }
      return read;
    }
    if (component.getType() == Patch.class) {
      return new Patch.Absent<>();
    }
    return shape instanceof Containers.NullableShape
            || (shape instanceof BoundedShape bounded
                && bounded.unbounded() instanceof Containers.NullableShape)
        ? null
        : MISSING;
  }

  private static MethodHandle constructor(Class<?> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      var found = type.getDeclaredConstructor(types);
      found.setAccessible(true);
      MethodHandle handle = MethodHandles.lookup().unreflectConstructor(found);
      return handle
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(type + " has no canonical constructor", impossible);
    }
  }

  private static @Nullable Preparation preparation(Class<?> type) {
    PreparedBy preparedBy = type.getAnnotation(PreparedBy.class);
    if (preparedBy == null) {
      return null;
    }
    try {
      var found = preparedBy.value().getDeclaredConstructor();
      found.setAccessible(true);
      return found.newInstance();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(preparedBy.value() + " cannot be made", impossible);
    }
  }

  /**
   * Whether the keys of a body are parameters of their own for FastAPI. An object to create or
   * change is one as a whole, and must be sent, were it empty.
   */
  boolean isReadByKey() {
    return ignoresUnknownKeys;
  }

  /** Says of every key that it is missing, even of those that may be: the body has no keys. */
  void missAll(Location at, Problems problems) {
    for (Part part : parts) {
      problems.add(
          "missing", at.key(part.key()), "Field required", JsonNodeFactory.instance.nullNode());
    }
  }

  @Override
  public Object read(JsonNode json, Location at, Problems problems) {
    if (!json.isObject()) {
      return problems.add(
          "model_attributes_type",
          at,
          "Input should be a valid dictionary or object to extract fields from",
          json);
    }
    if (preparation != null && json instanceof ObjectNode object) {
      try {
        preparation.prepare(object);
      } catch (IllegalArgumentException refused) {
        return refused(refused, json, at, problems);
      }
    }
    @Nullable Object[] values = new Object[parts.size()];
    Arrays.fill(values, MISSING);
    List<String> unknown = readKeys(json, at, problems, values);
    boolean readable = fillMissing(json, at, problems, values) && unknown.isEmpty();
    for (String key : unknown) {
      problems.add("extra_forbidden", at.key(key), "Extra inputs are not permitted", json.get(key));
    }
    return readable ? construct(values, json, at, problems) : Problems.UNREADABLE;
  }

  private List<String> readKeys(
      JsonNode json, Location at, Problems problems, @Nullable Object[] values) {
    List<String> unknown = List.of();
    for (Map.Entry<String, JsonNode> property : json.properties()) {
      Integer index = indexByKey.get(property.getKey());
      if (index != null) {
        JsonNode value = property.getValue();
        if (!(nullMeansDefault && value.isNull() && !parts.get(index).isRequired())) {
          values[index] = parts.get(index).shape().read(value, at.key(property.getKey()), problems);
        }
      } else if (!ignoresUnknownKeys) {
        unknown = unknown.isEmpty() ? new ArrayList<>() : unknown;
        unknown.add(property.getKey());
      }
    }
    return unknown;
  }

  private boolean fillMissing(
      JsonNode json, Location at, Problems problems, @Nullable Object[] values) {
    boolean readable = true;
    for (int index = 0; index < values.length; index++) {
      Part part = parts.get(index);
      if (MISSING.equals(values[index])) {
        values[index] =
            part.isRequired()
                ? problems.add("missing", at.key(part.key()), "Field required", around(json, at))
                : part.missing();
      }
      readable &= !Problems.UNREADABLE.equals(values[index]);
    }
    return readable;
  }

  /** FastAPI shows the whole object, unless the keys are parameters of their own for it. */
  private JsonNode around(JsonNode json, Location at) {
    return ignoresUnknownKeys && at.parent() == null ? JsonNodeFactory.instance.nullNode() : json;
  }

  private Object construct(
      @Nullable Object[] values, JsonNode json, Location at, Problems problems) {
    try {
      return constructor.invokeExact(values);
    } catch (IllegalArgumentException refused) {
      return refused(refused, json, at, problems);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable checked) {
      throw new IllegalStateException(checked);
    }
  }

  private static Object refused(
      IllegalArgumentException why, JsonNode json, Location at, Problems problems) {
    return problems.add(
        "value_error", at, "Value error, " + why.getMessage(), json, Map.of("error", Map.of()));
  }

  @Override
  public ObjectNode describe(SchemaDefinitions definitions) {
    return definitions.reference(schemaName(type), () -> description(definitions));
  }

  static String schemaName(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? type.getSimpleName() : schemaName(outer) + "." + type.getSimpleName();
  }

  private ObjectNode description(SchemaDefinitions definitions) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    List<String> required = new ArrayList<>();
    for (Part part : parts) {
      properties.set(part.key(), part.shape().describe(definitions));
      if (part.isRequired()) {
        required.add(part.key());
      }
    }
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
    if (!ignoresUnknownKeys) {
      schema.put("additionalProperties", false);
    }
    return schema;
  }
}
