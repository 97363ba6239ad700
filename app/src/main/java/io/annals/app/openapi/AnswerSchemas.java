package io.annals.app.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.annals.query.request.SchemaDefinitions;
import io.annals.query.sql.RawJson;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schemas of what routes return: a record is its JSON. */
final class AnswerSchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SchemaDefinitions definitions;

  AnswerSchemas(SchemaDefinitions definitions) {
    this.definitions = definitions;
  }

  /** The schema of a return type; empty for what can be any JSON. */
  ObjectNode of(ResolvableType type) {
    Class<?> raw = type.resolve(Object.class);
    if (Collection.class.isAssignableFrom(raw)) {
      ObjectNode array = JSON.objectNode().put("type", "array");
      array.set("items", of(type.as(Collection.class).getGeneric(0)));
      return array;
    }
    if (Map.class.isAssignableFrom(raw)) {
      ObjectNode object = JSON.objectNode().put("type", "object");
      object.set("additionalProperties", of(type.as(Map.class).getGeneric(1)));
      return object;
    }
    if (raw == Optional.class) {
      return nullable(of(type.getGeneric(0)));
    }
    if (raw.isEnum()) {
      return enumeration(raw);
    }
    if (raw.isRecord() && raw != RawJson.class) {
      return definitions.reference(name(type), () -> object(type, raw));
    }
    if (raw.isSealed()) {
      return oneOf(raw.getPermittedSubclasses());
    }
    return scalar(raw);
  }

  private ObjectNode oneOf(Class<?>[] kinds) {
    ObjectNode either = JSON.objectNode();
    ArrayNode schemas = either.putArray("anyOf");
    for (Class<?> kind : kinds) {
      schemas.add(of(ResolvableType.forClass(kind)));
    }
    return either;
  }

  private ObjectNode object(ResolvableType type, Class<?> raw) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    addProperties(type, raw, properties, required);
    return schema;
  }

  private void addProperties(
      ResolvableType type, Class<?> raw, ObjectNode properties, ArrayNode required) {
    for (RecordComponent component : raw.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        ResolvableType inner = ResolvableType.forType(component.getGenericType(), type);
        addProperties(inner, component.getType(), properties, required);
        continue;
      }
      String key = key(component);
      required.add(key);
      ObjectNode value = of(ResolvableType.forType(component.getGenericType(), type));
      properties.set(key, isNullable(component.getAnnotatedType()) ? nullable(value) : value);
    }
  }

  private static String key(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null
        ? PropertyNamingStrategies.SNAKE_CASE.nameForField(null, null, component.getName())
        : property.value();
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static ObjectNode nullable(ObjectNode schema) {
    ObjectNode either = JSON.objectNode();
    either.putArray("anyOf").add(schema).add(JSON.objectNode().put("type", "null"));
    return either;
  }

  private static ObjectNode enumeration(Class<?> type) {
    ObjectNode schema = JSON.objectNode().put("type", "string");
    ArrayNode words = schema.putArray("enum");
    Arrays.stream(type.getEnumConstants()).map(Object::toString).forEach(words::add);
    return schema;
  }

  private static ObjectNode scalar(Class<?> type) {
    ObjectNode schema = JSON.objectNode();
    if (type == UUID.class) {
      return schema.put("type", "string").put("format", "uuid");
    }
    if (type == Instant.class || type == OffsetDateTime.class) {
      return schema.put("type", "string").put("format", "date-time");
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return schema.put("type", "string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return schema.put("type", "boolean");
    }
    if (type == double.class || type == Double.class || type == Duration.class) {
      return schema.put("type", "number");
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return schema.put("type", "integer");
    }
    if (type == RawJson.class || JsonNode.class.isAssignableFrom(type) || type == Object.class) {
      return schema;
    }
    throw new IllegalArgumentException("No JSON schema for " + type);
  }

  private static String name(ResolvableType type) {
    Class<?> raw = type.resolve(Object.class);
    Class<?> outer = raw.getEnclosingClass();
    String name =
        outer == null ? raw.getSimpleName() : outer.getSimpleName() + "." + raw.getSimpleName();
    return type.hasGenerics()
        ? Arrays.stream(type.getGenerics())
            .map(generic -> generic.resolve(Object.class).getSimpleName())
            .collect(Collectors.joining(".", name + ".", ""))
        : name;
  }
}
