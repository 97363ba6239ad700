package io.annals.command.block;

import io.annals.events.log.EventCodec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a block schema: a JSON Schema whose {@code definitions} hold what its {@code $ref}s
 * refer to, other blocks among it.
 */
final class SchemaFields {
  static final String DEFINITIONS = "definitions";
  static final String REFERENCES = "block_schema_references";
  static final String SLUG = "block_type_slug";
  private static final String SECRET_FIELDS = "secret_fields";
  private static final String POINTER = "#/definitions/";

  private SchemaFields() {}

  /**
   * The checksum that Prefect's client computes of the same fields. It leaves out which fields are
   * secret, and the definitions of blocks, which have checksums of their own.
   */
  static String checksum(ObjectNode fields) {
    ObjectNode relevant = withoutSecretFields(fields);
    if (relevant.get(DEFINITIONS) instanceof ObjectNode definitions && !definitions.isEmpty()) {
      keepPlainDefinitions(relevant, definitions);
    }
    JsonNodeFactory json = JsonNodeFactory.instance;
    JsonNode call = json.arrayNode().add(json.arrayNode().add(relevant)).add(json.objectNode());
    byte[] text = PythonJson.text(call).getBytes(StandardCharsets.US_ASCII);
    return "sha256:" + HexFormat.of().formatHex(sha256(text));
  }

  /**
   * The fields as they are stored: other blocks are not repeated in them, and numbers are written
   * as a replay writes them.
   */
  static ObjectNode stored(ObjectNode fields) {
    ObjectNode stored = (ObjectNode) EventCodec.JSON.readTree(fields.toString());
    if (stored.get(DEFINITIONS) instanceof ObjectNode definitions && !definitions.isEmpty()) {
      keepPlainDefinitions(stored, definitions);
    }
    stored.remove(REFERENCES);
    return stored;
  }

  /** What the names in {@code $ref}s anywhere in a value refer to. */
  static List<String> references(JsonNode value) {
    List<String> found = new ArrayList<>();
    collectReferences(value, found);
    return found;
  }

  private static void collectReferences(JsonNode value, List<String> found) {
    if (value.isObject()) {
      JsonNode reference = value.path("$ref");
      if (reference.isString() && !reference.asString().isEmpty()) {
        found.add(reference.asString().replace(POINTER, ""));
      }
    }
    value.forEach(child -> collectReferences(child, found));
  }

  private static void keepPlainDefinitions(ObjectNode fields, ObjectNode definitions) {
    ObjectNode plain = JsonNodeFactory.instance.objectNode();
    for (String name : plainDefinitions(fields, definitions)) {
      plain.set(name, definitions.get(name));
    }
    if (plain.isEmpty()) {
      fields.remove(DEFINITIONS);
    } else {
      fields.set(DEFINITIONS, plain);
    }
  }

  /** The definitions that are referred to, by way of others too, and that are no blocks. */
  private static Set<String> plainDefinitions(ObjectNode fields, ObjectNode definitions) {
    Set<String> plain = new LinkedHashSet<>();
    List<String> open = references(fields);
    while (!open.isEmpty()) {
      String name = open.removeLast();
      if (isPlain(definitions.get(name)) && plain.add(name)) {
        open.addAll(references(definitions.get(name)));
      }
    }
    return plain;
  }

  private static boolean isPlain(@Nullable JsonNode definition) {
    return definition != null
        && definition.isObject()
        && !definition.isEmpty()
        && definition.path(SLUG).isMissingNode();
  }

  /** Looks into objects only, as the client does. */
  private static ObjectNode withoutSecretFields(ObjectNode fields) {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : fields.properties()) {
      if (!entry.getKey().equals(SECRET_FIELDS)) {
        JsonNode value = entry.getValue();
        rest.set(
            entry.getKey(),
            value instanceof ObjectNode nested ? withoutSecretFields(nested) : value);
      }
    }
    return rest;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every JDK has it
    }
  }
}
