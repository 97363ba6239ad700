package io.annals.query.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Plain values, with pydantic's lax coercions and its words for what is wrong. */
final class Scalars {
  private static final Set<String> TRUE = Set.of("true", "1", "yes", "on", "t", "y");
  private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "f", "n");

  /** No 64-bit number has more. */
  private static final int MAX_DIGITS = 19;

  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\s*[+-]?\\d+(?:\\.0+)?\\s*");
  private static final Pattern UUID_FORM =
      Pattern.compile(
          "(?:urn:uuid:)?\\{?([0-9a-fA-F]{8})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{4})"
              + "-?([0-9a-fA-F]{12})}?");

  private Scalars() {}

  private interface Reading {
    @Nullable Object read(JsonNode json, Location at, Problems problems);
  }

  private record Scalar(Reading reading, String type, @Nullable String format) implements Shape {
    @Override
    public @Nullable Object read(JsonNode json, Location at, Problems problems) {
      return reading.read(json, at, problems);
    }

    @Override
    public ObjectNode describe(SchemaDefinitions definitions) {
      ObjectNode schema = JsonNodeFactory.instance.objectNode();
      if (!type.isEmpty()) {
        schema.put("type", type);
      }
      if (format != null) {
        schema.put("format", format);
      }
      return schema;
    }
  }

  static final Shape TEXT = new Scalar(Scalars::text, "string", null);
  static final Shape INTEGER = new Scalar(Scalars::integer, "integer", null);
  static final Shape LONG = new Scalar(Scalars::whole, "integer", null);
  static final Shape NUMBER = new Scalar(Scalars::number, "number", null);
  static final Shape BOOLEAN = new Scalar(Scalars::bool, "boolean", null);
  static final Shape UUID_TEXT = new Scalar(Scalars::uuid, "string", "uuid");
  static final Shape INSTANT = new Scalar(Scalars::instant, "string", "date-time");
  static final Shape OFFSET_DATE_TIME = new Scalar(Scalars::offsetDateTime, "string", "date-time");
  static final Shape DURATION = new Scalar(Scalars::duration, "number", null);
  static final Shape ANYTHING = new Scalar((json, at, problems) -> json, "", null);
  static final Shape OBJECT = new Scalar(Scalars::object, "object", null);

  static Shape oneOf(Class<?> type) {
    Map<String, Object> byName = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      byName.put(wireName(type, ((Enum<?>) constant).name()), constant);
    }
    List<String> names = List.copyOf(byName.keySet());
    String expected = listed(names);
    String problem = type.isAnnotationPresent(Literal.class) ? "literal_error" : "enum";
    Reading reading =
        (json, at, problems) -> {
          Object constant = json.isString() ? byName.get(json.asString()) : null;
          return constant != null
              ? constant
              : problems.add(
                  problem, at, "Input should be " + expected, json, Map.of("expected", expected));
        };
    return new Shape() {
      @Override
      public @Nullable Object read(JsonNode json, Location at, Problems problems) {
        return reading.read(json, at, problems);
      }

      @Override
      public ObjectNode describe(SchemaDefinitions definitions) {
        return definitions.reference(
            type.getSimpleName(),
            () -> {
              ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "string");
              names.forEach(schema.putArray("enum")::add);
              return schema;
            });
      }
    };
  }

  private static String wireName(Class<?> type, String constant) {
    try {
      JsonProperty property = type.getField(constant).getAnnotation(JsonProperty.class);
      return property == null ? constant : property.value();
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String listed(List<String> names) {
    List<String> quoted = names.stream().map(name -> "'" + name + "'").toList();
    int last = quoted.size() - 1;
    return last == 0
        ? quoted.getFirst()
        : String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
  }

  private static Object text(JsonNode json, Location at, Problems problems) {
    return json.isString()
        ? json.asString()
        : problems.add("string_type", at, "Input should be a valid string", json);
  }

  private static Object integer(JsonNode json, Location at, Problems problems) {
    Object whole = whole(json, at, problems);
    if (!(whole instanceof Long number)) {
      return whole;
    }
    return number == number.intValue()
        ? (Object) number.intValue()
        : problems.add(
            "int_parsing_size",
            at,
            "Unable to parse input string as an integer, exceeded maximum size",
            json);
  }

  private static Object whole(JsonNode json, Location at, Problems problems) {
    if (json.isBoolean()) {
      return json.asBoolean() ? 1L : 0L;
    }
    if (json.isNumber()) {
      BigDecimal number = json.decimalValue();
      if (number.stripTrailingZeros().scale() > 0) {
        return problems.add(
            "int_from_float",
            at,
            "Input should be a valid integer, got a number with a fractional part",
            json);
      }
      return fitting(number, json, at, problems);
    }
    if (json.isString()) {
      String text = json.asString();
      return WHOLE_NUMBER.matcher(text).matches()
          ? fitting(new BigDecimal(text.strip()), json, at, problems)
          : problems.add(
              "int_parsing",
              at,
              "Input should be a valid integer, unable to parse string as an integer",
              json);
    }
    return problems.add("int_type", at, "Input should be a valid integer", json);
  }

  /** Looks at the size first: all digits of a number with a huge exponent would fill the memory. */
  private static Object fitting(BigDecimal number, JsonNode json, Location at, Problems problems) {
    boolean fits =
        (long) number.precision() - number.scale() <= MAX_DIGITS
            && number.toBigInteger().bitLength() < Long.SIZE;
    return fits
        ? (Object) number.longValue()
        : problems.add(
            "int_parsing_size",
            at,
            "Unable to parse input string as an integer, exceeded maximum size",
            json);
  }

  /** Infinite where it is beyond all doubles. */
  private static double asDouble(JsonNode number) {
    return number.decimalValue().doubleValue();
  }

  private static Object number(JsonNode json, Location at, Problems problems) {
    if (json.isNumber()) {
      return asDouble(json);
    }
    if (json.isBoolean()) {
      return json.asBoolean() ? 1.0 : 0.0;
    }
    if (json.isString()) {
      try {
        return Double.valueOf(json.asString().strip());
      } catch (NumberFormatException notANumber) {
        return problems.add(
            "float_parsing",
            at,
            "Input should be a valid number, unable to parse string as a number",
            json);
      }
    }
    return problems.add("float_type", at, "Input should be a valid number", json);
  }

  private static Object bool(JsonNode json, Location at, Problems problems) {
    if (json.isBoolean()) {
      return json.asBoolean();
    }
    if (json.isString() || json.isNumber()) {
      String word =
          json.isString()
              ? json.asString().toLowerCase(Locale.ROOT)
              : json.decimalValue().stripTrailingZeros().toPlainString();
      if (TRUE.contains(word) && (json.isString() || "1".equals(word))) {
        return true;
      }
      if (FALSE.contains(word) && (json.isString() || "0".equals(word))) {
        return false;
      }
      return problems.add(
          "bool_parsing", at, "Input should be a valid boolean, unable to interpret input", json);
    }
    return problems.add("bool_type", at, "Input should be a valid boolean", json);
  }

  private static Object uuid(JsonNode json, Location at, Problems problems) {
    if (!json.isString()) {
      return problems.add(
          "uuid_type", at, "UUID input should be a string, bytes or UUID object", json);
    }
    Optional<UUID> uuid = uuid(json.asString());
    if (uuid.isPresent()) {
      return uuid.get();
    }
    String error = uuidError(json.asString());
    return problems.add(
        "uuid_parsing", at, "Input should be a valid UUID, " + error, json, Map.of("error", error));
  }

  static Optional<UUID> uuid(String text) {
    if (text.length() == 36) {
      try {
        return Optional.of(UUID.fromString(text));
      } catch (IllegalArgumentException unusual) {
        return Optional.empty();
      }
    }
    var form = UUID_FORM.matcher(text);
    return form.matches()
        ? Optional.of(
            UUID.fromString(
                "%s-%s-%s-%s-%s"
                    .formatted(
                        form.group(1), form.group(2), form.group(3), form.group(4), form.group(5))))
        : Optional.empty();
  }

  /** The two reasons that pydantic's parser gives most: a strange character, a wrong length. */
  private static String uuidError(String text) {
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (Character.digit(character, 16) < 0 && character != '-') {
        return "invalid character: expected an optional prefix of `urn:uuid:` followed by"
            + " [0-9a-fA-F-], found `%s` at %d".formatted(character, index + 1);
      }
    }
    return "invalid length: expected length 32 for simple format, found " + text.length();
  }

  private static Object instant(JsonNode json, Location at, Problems problems) {
    if (json.isString()) {
      Optional<Instant> instant = InstantText.parse(json.asString());
      return instant.isPresent() ? instant.get() : noInstant(json, at, problems);
    }
    if (json.isNumber()) {
      Optional<Instant> instant = InstantText.ofEpoch(asDouble(json));
      return instant.isPresent() ? instant.get() : noInstant(json, at, problems);
    }
    return problems.add("datetime_type", at, "Input should be a valid datetime", json);
  }

  private static Object noInstant(JsonNode json, Location at, Problems problems) {
    String error =
        json.isString() && json.asString().length() < 10
            ? "input is too short"
            : "invalid character in year";
    return problems.add(
        "datetime_from_date_parsing",
        at,
        "Input should be a valid datetime or date, " + error,
        json,
        Map.of("error", error));
  }

  /** As pendulum checks it: one text for all that is wrong with a text, another for the rest. */
  private static Object offsetDateTime(JsonNode json, Location at, Problems problems) {
    Optional<OffsetDateTime> time =
        json.isString()
            ? InstantText.parseWithOffset(json.asString())
            : json.isNumber()
                ? InstantText.ofEpoch(asDouble(json))
                    .map(instant -> instant.atOffset(ZoneOffset.UTC))
                : Optional.empty();
    if (time.isPresent()) {
      return time.get();
    }
    return json.isString()
        ? problems.add(
            "value_error",
            at,
            "Value error, Unable to parse string [" + json.asString() + "]",
            json,
            Map.of("error", Map.of()))
        : problems.add("value_error", at, "value is not a valid datetime", json);
  }

  private static Object duration(JsonNode json, Location at, Problems problems) {
    if (json.isBoolean()) {
      return Duration.ofSeconds(json.asBoolean() ? 1 : 0);
    }
    if (!json.isNumber() && !json.isString()) {
      return problems.add("time_delta_type", at, "Input should be a valid timedelta", json);
    }
    DurationText.Reading reading =
        json.isNumber()
            ? DurationText.ofSeconds(asDouble(json))
            : DurationText.read(json.asString());
    return switch (reading) {
      case DurationText.Read(Duration duration) -> duration;
      case DurationText.Unreadable(String error) ->
          problems.add(
              "time_delta_parsing",
              at,
              "Input should be a valid timedelta, " + error,
              json,
              Map.of("error", error));
    };
  }

  private static Object object(JsonNode json, Location at, Problems problems) {
    return json.isObject()
        ? json
        : problems.add("dict_type", at, "Input should be a valid dictionary", json);
  }
}
