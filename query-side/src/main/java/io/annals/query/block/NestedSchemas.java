package io.annals.query.block;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas as they are stored, and the references between them: puts into the fields of a schema
 * what it says of other blocks, as Prefect does when it reads one.
 */
final class NestedSchemas {
  private static final String REFERENCES = "block_schema_references";
  private static final String DEFINITIONS = "definitions";

  private final Map<UUID, BlockSchemaView> stored;
  private final Map<UUID, List<Reference>> references;

  /** A field of a schema whose value is another block. */
  record Reference(UUID parent, String name, UUID schema) {}

  /**
   * Knows all schemas that others lead to.
   *
   * @param stored with the fields of their own only
   */
  NestedSchemas(Map<UUID, BlockSchemaView> stored, List<Reference> references) {
    this.stored = stored;
    this.references = new LinkedHashMap<>();
    for (Reference reference : references) {
      this.references
          .computeIfAbsent(reference.parent(), parent -> new ArrayList<>())
          .add(reference);
    }
  }

  /** A schema with all that it leads to. */
  BlockSchemaView whole(UUID id) {
    BlockSchemaView schema = stored.get(id);
    if (schema == null) {
      throw new IllegalArgumentException("No block schema " + id);
    }
    return schema.with(fields(schema, new HashSet<>()));
  }

  /**
   * The fields of a schema.
   *
   * @param above schemas that this one lies in, which are not put into it again
   */
  private ObjectNode fields(BlockSchemaView schema, Set<UUID> above) {
    above.add(schema.id());
    ObjectNode fields = schema.fields().deepCopy();
    ObjectNode byField = fields.putObject(REFERENCES);
    ObjectNode definitions = JsonNodeFactory.instance.objectNode();
    for (Reference reference : references.getOrDefault(schema.id(), List.of())) {
      BlockSchemaView nested = stored.get(reference.schema());
      if (nested != null) {
        refer(byField, reference.name(), nested);
        if (!above.contains(nested.id())) {
          define(definitions, fields(nested, above));
        }
      }
    }
    above.remove(schema.id());
    if (!definitions.isEmpty()) {
      own(fields, DEFINITIONS).setAll(definitions);
    }
    return fields;
  }

  private static void refer(ObjectNode byField, String name, BlockSchemaView nested) {
    ObjectNode reference =
        JsonNodeFactory.instance
            .objectNode()
            .put("block_schema_checksum", nested.checksum())
            .put("block_type_slug", nested.blockType().slug());
    @Nullable JsonNode before = byField.get(name);
    switch (before) {
      case null -> byField.set(name, reference);
      case ArrayNode alternatives -> alternatives.add(reference);
      default -> byField.putArray(name).add(before).add(reference);
    }
  }

  /** Definitions are flat: what a block defines goes beside it. */
  private static void define(ObjectNode definitions, ObjectNode fields) {
    JsonNode title = fields.path("title");
    if (title.isString()) {
      JsonNode inner = fields.remove(DEFINITIONS);
      definitions.set(title.asString(), fields);
      if (inner instanceof ObjectNode object) {
        definitions.setAll(object);
      }
    }
  }

  private static ObjectNode own(ObjectNode fields, String key) {
    return fields.get(key) instanceof ObjectNode object ? object : fields.putObject(key);
  }
}
