package io.annals.query.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads request bodies into records the way Prefect's server checks them: lax where it is lax,
 * strict where it is strict, all problems at once.
 *
 * <p>NUL characters, which PostgreSQL cannot store in text, are removed from every string.
 */
public final class RequestReader {
  private static final Location BODY = Location.root("body");

  private RequestReader() {}

  /**
   * Reads one object.
   *
   * @param body UTF-8; empty when the request has none
   * @throws InvalidRequest when it does not fit
   */
  public static <T extends Record> T read(Class<T> type, byte[] body) {
    return read(type, body, ConfiguredChecks.NONE);
  }

  /** The same, by checks that know the settings. */
  public static <T extends Record> T read(Class<T> type, byte[] body, ConfiguredChecks checks) {
    return readBody(type, parse(body), checks);
  }

  /** Reads one object from a body that is parsed already; null when the request has none. */
  public static <T extends Record> T readBody(Class<T> type, @Nullable JsonNode json) {
    return readBody(type, json, ConfiguredChecks.NONE);
  }

  private static <T extends Record> T readBody(
      Class<T> type, @Nullable JsonNode json, ConfiguredChecks checks) {
    RecordShape shape = Shapes.ofRecord(type);
    if (shape.isReadByKey()) {
      return type.cast(readByKey(shape, json, json, checks));
    }
    if (json == null || json.isNull()) {
      throw missingBody();
    }
    return type.cast(checked(shape, json, checks));
  }

  /**
   * Reads one object from a body that is no JSON, and may still be as good as none.
   *
   * @throws InvalidRequest when the object may not be left out
   */
  public static <T extends Record> T readText(Class<T> type, String body) {
    StringNode text = StringNode.valueOf(body);
    RecordShape shape = Shapes.ofRecord(type);
    ConfiguredChecks checks = ConfiguredChecks.NONE; // nothing in a text is checked
    return type.cast(
        shape.isReadByKey() ? readByKey(shape, null, text, checks) : checked(shape, text, checks));
  }

  /** Without a body, each key is missing by itself; with one that has no keys, every key is. */
  private static Object readByKey(
      RecordShape shape,
      @Nullable JsonNode json,
      @Nullable JsonNode shown,
      ConfiguredChecks checks) {
    Problems problems = new Problems(checks);
    Object read = null;
    if (json == null || json.isNull()) {
      read = shape.read(JsonNodeFactory.instance.objectNode(), BODY, problems);
    } else if (json.isObject()) {
      read = shape.read(json, BODY, problems);
    } else {
      shape.missAll(BODY, problems);
    }
    if (!problems.isEmpty() || read == null) {
      throw new InvalidRequest(problems.all(), shown);
    }
    return read;
  }

  /** Reads an array of objects. */
  public static <T extends Record> List<T> readList(
      Class<T> type, byte[] body, ConfiguredChecks checks) {
    JsonNode json = parse(body);
    if (json == null || json.isNull()) {
      throw missingBody();
    }
    Object read = checked(new Containers.ListShape(Shapes.ofRecord(type), false), json, checks);
    List<T> records = new ArrayList<>();
    for (Object item : (List<?>) read) {
      records.add(type.cast(item));
    }
    return records;
  }

  /** Reads an object of which only its keys' values matter. */
  public static ObjectNode readObject(byte[] body) {
    JsonNode json = parse(body);
    if (json == null || json.isNull()) {
      throw missingBody();
    }
    return (ObjectNode) checked(Scalars.OBJECT, json, ConfiguredChecks.NONE);
  }

  /**
   * Sees to it that there is a body, which may be anything.
   *
   * @throws InvalidRequest when there is none
   */
  public static void requireBody(JsonNode body) {
    if (body.isNull()) {
      throw missingBody();
    }
  }

  /** Reads any JSON; null when there is no body. */
  public static @Nullable JsonNode readAnything(byte[] body) {
    return parse(body);
  }

  /**
   * What is wrong with a path or query parameter.
   *
   * @param part {@code path} or {@code query}
   */
  public static Problem parameterProblem(
      Class<?> type, String part, String name, @Nullable String text) {
    JsonNode given = text == null ? NullNode.getInstance() : StringNode.valueOf(text);
    Location at = Location.root(part).key(name);
    Problems problems = new Problems();
    Shapes.of(type).read(given, at, problems);
    if (problems.isEmpty()) {
      problems.add("value_error", at, "Value error, not a valid value", given);
    }
    return problems.all().getFirst();
  }

  /** Reads JSON that is in memory already, such as an object inside another message. */
  public static <T extends Record> T read(Class<T> type, JsonNode json) {
    return type.cast(checked(Shapes.ofRecord(type), json, ConfiguredChecks.NONE));
  }

  /** A UUID in any of the forms that are accepted in bodies. */
  public static Optional<UUID> uuid(String text) {
    return Scalars.uuid(text);
  }

  /** The JSON Schema of a request body. */
  public static ObjectNode describe(Class<?> type, SchemaDefinitions definitions) {
    return Shapes.ofRecord(type).describe(definitions);
  }

  private static Object checked(Shape shape, JsonNode json, ConfiguredChecks checks) {
    Problems problems = new Problems(checks);
    Object read = shape.read(json, BODY, problems);
    if (!problems.isEmpty() || read == null) {
      throw new InvalidRequest(problems.all(), json);
    }
    return read;
  }

  private static InvalidRequest missingBody() {
    return new InvalidRequest(
        List.of(
            new Problem(
                "missing",
                List.of("body"),
                "Field required",
                JsonNodeFactory.instance.nullNode(),
                null)),
        null);
  }

  private static @Nullable JsonNode parse(byte[] body) {
    if (body.length == 0) {
      return null;
    }
    try {
      JsonNode json = WireJson.MAPPER.readTree(body);
      return containsNul(body) ? withoutNul(json) : json;
    } catch (JacksonException broken) {
      TokenStreamLocation location = broken.getLocation();
      long offset = location == null ? 0 : Math.max(0, location.getByteOffset());
      throw new InvalidRequest(
          List.of(
              new Problem(
                  "json_invalid",
                  List.of("body", offset),
                  "JSON decode error",
                  JsonNodeFactory.instance.objectNode(),
                  Map.of("error", broken.getOriginalMessage()))),
          StringNode.valueOf(new String(body, java.nio.charset.StandardCharsets.UTF_8)));
    }
  }

  /** Whether the text has a NUL character, written as an escape as JSON demands. */
  private static boolean containsNul(byte[] body) {
    for (int index = 0; index + 5 < body.length; index++) {
      if (body[index] == '\\'
          && body[index + 1] == 'u'
          && body[index + 2] == '0'
          && body[index + 3] == '0'
          && body[index + 4] == '0'
          && body[index + 5] == '0') {
        return true;
      }
    }
    return false;
  }

  /** The same value without NUL characters in texts and keys. */
  public static JsonNode withoutNul(JsonNode json) {
    if (json.isString()) {
      return StringNode.valueOf(json.asString().replace("\u0000", ""));
    }
    if (json.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      json.forEach(item -> array.add(withoutNul(item)));
      return array;
    }
    if (json.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      json.properties()
          .forEach(
              property ->
                  object.set(
                      property.getKey().replace("\u0000", ""), withoutNul(property.getValue())));
      return object;
    }
    return json;
  }
}
