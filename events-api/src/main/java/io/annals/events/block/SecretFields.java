package io.annals.events.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Which values of a block's data are secret: Prefect's {@code secret_fields}. A path names one
 * value, its keys joined by dots; a {@code *} in it covers everything below.
 */
public record SecretFields(List<String> paths) {
  /** What is shown instead of a secret. */
  public static final String OBFUSCATED = "********";

  private static final JsonNode STARS = StringNode.valueOf(OBFUSCATED);
  private static final String ANY_KEY = "*";

  /** Copies the paths. */
  public SecretFields {
    paths = List.copyOf(paths);
  }

  /** The secret fields that a block schema names. */
  public static SecretFields of(ObjectNode schemaFields) {
    List<String> paths = new ArrayList<>();
    for (JsonNode path : schemaFields.path("secret_fields")) {
      if (path.isString()) {
        paths.add(path.asString());
      }
    }
    return new SecretFields(paths);
  }

  /** A copy of the data with stars for secrets. A null stays one, unless a {@code *} covers it. */
  public ObjectNode obfuscated(ObjectNode data) {
    ObjectNode shown = data.deepCopy();
    for (String path : paths) {
      List<String> keys = keys(path);
      if (!isNothing(leaf(shown, keys))) {
        replace(shown, keys, STARS);
      } else if (keys.contains(ANY_KEY)) {
        starAll(shown, keys.subList(0, keys.indexOf(ANY_KEY)));
      }
    }
    return shown;
  }

  /**
   * A copy of new data in which stars at secret paths are what is stored there: somebody has sent
   * back what was shown.
   */
  public ObjectNode restored(ObjectNode sent, ObjectNode stored) {
    ObjectNode meant = sent.deepCopy();
    for (String path : paths) {
      List<String> keys = keys(path);
      JsonNode secret = leaf(stored, keys);
      if (!isNothing(secret)) {
        if (STARS.equals(leaf(meant, keys))) {
          replace(meant, keys, Objects.requireNonNull(secret));
        }
      } else if (keys.contains(ANY_KEY)) {
        restoreAll(meant, stored, keys.subList(0, keys.indexOf(ANY_KEY)));
      }
    }
    return meant;
  }

  private static List<String> keys(String path) {
    return List.of(path.split("\\.", -1));
  }

  /** The value at the end of the keys; null for none, and for an object with keys of its own. */
  private static @Nullable JsonNode leaf(ObjectNode data, List<String> keys) {
    JsonNode value = at(data, keys);
    return value == null || isBranch(value) ? null : value;
  }

  private static @Nullable JsonNode at(ObjectNode data, List<String> keys) {
    JsonNode value = data;
    for (String key : keys) {
      value = value instanceof ObjectNode object ? object.get(key) : null;
      if (value == null) {
        return null;
      }
    }
    return value;
  }

  private static boolean isBranch(JsonNode value) {
    return value.isObject() && !value.isEmpty();
  }

  private static boolean isNothing(@Nullable JsonNode value) {
    return value == null || value.isNull();
  }

  private static void replace(ObjectNode data, List<String> keys, JsonNode value) {
    ObjectNode parent = (ObjectNode) at(data, keys.subList(0, keys.size() - 1));
    Objects.requireNonNull(parent).set(keys.getLast(), value);
  }

  private static void starAll(ObjectNode data, List<String> covered) {
    JsonNode value = covered.isEmpty() ? data : at(data, covered);
    if (value instanceof ObjectNode object && isBranch(object)) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        if (entry.getValue() instanceof ObjectNode branch && isBranch(branch)) {
          starAll(branch, List.of());
        } else {
          entry.setValue(STARS);
        }
      }
    } else if (value != null && !covered.isEmpty()) {
      replace(data, covered, STARS);
    }
  }

  private static void restoreAll(ObjectNode meant, ObjectNode stored, List<String> covered) {
    JsonNode value = covered.isEmpty() ? meant : at(meant, covered);
    JsonNode before = covered.isEmpty() ? stored : at(stored, covered);
    if (value instanceof ObjectNode object && isBranch(object)) {
      ObjectNode known =
          before instanceof ObjectNode branch ? branch : JsonNodeFactory.instance.objectNode();
      for (String key : List.copyOf(object.propertyNames())) {
        restoreAll(object, known, List.of(key));
      }
    } else if (STARS.equals(value) && before != null && !isBranch(before)) {
      replace(meant, covered, before);
    }
  }
}
