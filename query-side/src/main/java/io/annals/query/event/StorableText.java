package io.annals.query.event;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** PostgreSQL stores neither NUL characters nor halves of surrogate pairs in its texts. */
final class StorableText {
  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  /** Whether a JSON text surely holds nothing that cannot be stored. */
  static boolean isIn(String json) {
    return !json.contains("\\u0000") && !json.contains("\\ud") && !json.contains("\\uD");
  }

  /** The same tree with NUL characters left out and lone surrogates replaced. */
  static JsonNode of(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
          copy.set(of(each.getKey()), of(each.getValue()));
        }
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
        for (JsonNode each : array) {
          copy.add(of(each));
        }
        yield copy;
      }
      case JsonNode scalar when scalar.isString() ->
          JsonNodeFactory.instance.stringNode(of(scalar.stringValue()));
      case JsonNode scalar -> scalar;
    };
  }

  private static String of(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(character -> character != 0)
        .map(
            character ->
                Character.isBmpCodePoint(character) && Character.isSurrogate((char) character)
                    ? REPLACEMENT
                    : character)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
