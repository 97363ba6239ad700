package io.annals.command.schema;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Prefect's server makes of a schema before it judges by it. Clients send schemas that older
 * versions of Pydantic wrote: optional values may be null although the schema does not say so, and
 * tuples are described in the words of an earlier draft. Pure: the schema given stays as it is.
 */
public final class LenientSchema {
  private static final String ANY_OF = "anyOf";
  private static final String DEFAULT = "default";
  private static final String DEFINITIONS = "definitions";
  private static final String ITEMS = "items";
  private static final String PREFIX_ITEMS = "prefixItems";
  private static final String PROPERTIES = "properties";
  private static final String REQUIRED = "required";
  private static final String TYPE = "type";

  private LenientSchema() {}

  /**
   * The schema with nulls and tuples put right, and blocks that may be referred to by their id.
   *
   * @param nullDespiteDefault whether null also stands in for values that have a default
   */
  public static JsonNode of(JsonNode schema, boolean nullDespiteDefault) {
    JsonNode lenient = schema.deepCopy();
    properties(lenient, nullDespiteDefault);
    if (lenient.get(DEFINITIONS) instanceof ObjectNode definitions) {
      for (JsonNode definition : List.copyOf(definitions.values())) {
        properties(definition, nullDespiteDefault);
        if (definition.has("block_type_slug") && definition.path("title").isString()) {
          definitions.set(definition.get("title").stringValue(), orReference(definition));
        }
      }
    }
    return lenient;
  }

  /** The schema without any demand that a property be there, at every depth. */
  public static JsonNode withoutRequired(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      ObjectNode kept = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> property : object.properties()) {
        if (!property.getKey().equals(REQUIRED)) {
          kept.set(property.getKey(), withoutRequired(property.getValue()));
        }
      }
      return kept;
    }
    return schema;
  }

  private static void properties(JsonNode schema, boolean nullDespiteDefault) {
    if (!(schema.get(PROPERTIES) instanceof ObjectNode properties)) {
      return;
    }
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (property.getValue() instanceof ObjectNode described) {
        allowNull(described, isRequired(schema, property.getKey()), nullDespiteDefault);
        tuple(described);
        properties(described, nullDespiteDefault);
      }
    }
  }

  private static boolean isRequired(JsonNode schema, String property) {
    Iterator<JsonNode> required = schema.path(REQUIRED).iterator();
    while (required.hasNext()) {
      if (required.next().asString("").equals(property)) {
        return true;
      }
    }
    return false;
  }

  private static void allowNull(
      ObjectNode described, boolean required, boolean nullDespiteDefault) {
    JsonNode type = described.get(TYPE);
    boolean settled = described.has(DEFAULT) && !nullDespiteDefault;
    if (required || settled || type == null || type.asString("").equals("null")) {
      return;
    }
    ArrayNode either = JsonNodeFactory.instance.arrayNode();
    either.addObject().set(TYPE, type);
    either.addObject().put(TYPE, "null");
    described.remove(TYPE);
    described.set(ANY_OF, either);
  }

  private static void tuple(ObjectNode described) {
    JsonNode items = described.get(ITEMS);
    if (items instanceof ArrayNode each
        && !each.isEmpty()
        && described.path(PREFIX_ITEMS).isEmpty()) {
      described.remove(ITEMS);
      described.set(PREFIX_ITEMS, each);
    }
  }

  private static JsonNode orReference(JsonNode block) {
    ObjectNode reference = JsonNodeFactory.instance.objectNode().put(TYPE, "object");
    ArrayNode forms = reference.putObject(PROPERTIES).putObject("$ref").putArray("oneOf");
    forms.addObject().put(TYPE, "string").put("format", "uuid");
    ObjectNode named = forms.addObject().put(TYPE, "object");
    named.putObject("additionalProperties").put(TYPE, "string");
    named.put("minProperties", 1);
    reference.putArray(REQUIRED).add("$ref");
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    either.putArray("oneOf").add(block.deepCopy()).add(reference);
    return either;
  }
}
