package io.annals.command.block;

import io.annals.command.block.BlockSchemaCommand.RegisterBlockSchema;
import io.annals.command.decision.Created;
import io.annals.command.decision.Decision;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.decision.RefusedException;
import io.annals.events.block.BlockSchemaEvent.BlockSchemaRegistered;
import io.annals.events.block.BlockSchemaEvent.NestedSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides which schemas one registration adds: the schema itself, and those of the blocks in its
 * definitions that are not there yet. Follows Prefect's {@code create_block_schema}.
 */
final class BlockSchemaDecider {
  /** Schemas that one registration may add; real ones nest a few levels deep. */
  static final int MAX_SCHEMAS = 100;

  private final KnownBlocks known;
  private final Supplier<UUID> ids;

  /** In the order of registration: a block before those inside it, as Prefect dates them. */
  private final Map<UUID, BlockSchemaRegistered> added = new LinkedHashMap<>();

  private BlockSchemaDecider(KnownBlocks known, Supplier<UUID> ids) {
    this.known = known;
    this.ids = ids;
  }

  /**
   * What a registration adds; nothing when the schema is there.
   *
   * @throws RefusedException when a type or definition is missing
   */
  static Decision<BlockSchemaRegistered, Created> register(
      RegisterBlockSchema command, KnownBlocks known, Supplier<UUID> ids) {
    BlockSchemaDecider decider = new BlockSchemaDecider(known, ids);
    UUID id = decider.schema(command, definitions(command.fields()));
    return new Decision<>(
        List.copyOf(decider.added.values()), new Created(id, decider.added.containsKey(id)));
  }

  private static @Nullable ObjectNode definitions(ObjectNode fields) {
    JsonNode definitions = fields.get(SchemaFields.DEFINITIONS);
    if (definitions != null && !definitions.isObject()) {
      throw refused("The definitions of a block schema must be an object.");
    }
    return (ObjectNode) definitions;
  }

  private UUID schema(RegisterBlockSchema command, @Nullable ObjectNode definitions) {
    ObjectNode complete = command.fields();
    if (definitions != null && !definitions.isEmpty()) {
      complete = command.fields().deepCopy();
      complete.set(SchemaFields.DEFINITIONS, definitions);
    }
    String checksum = SchemaFields.checksum(complete);
    Optional<UUID> existing = find(checksum, command.version());
    if (existing.isPresent()) {
      return existing.get();
    }
    if (added.size() == MAX_SCHEMAS) {
      throw refused("A block schema may bring along at most " + (MAX_SCHEMAS - 1) + " others.");
    }
    UUID id = ids.get();
    BlockSchemaRegistered alone =
        new BlockSchemaRegistered(
            id,
            command.blockTypeId(),
            checksum,
            command.version(),
            command.capabilities(),
            SchemaFields.stored(complete),
            List.of());
    added.put(id, alone);
    added.put(id, referring(alone, nested(command.fields(), definitions)));
    return id;
  }

  private static BlockSchemaRegistered referring(
      BlockSchemaRegistered schema, List<NestedSchema> references) {
    return new BlockSchemaRegistered(
        schema.blockSchemaId(),
        schema.blockTypeId(),
        schema.checksum(),
        schema.version(),
        schema.capabilities(),
        schema.fields(),
        references);
  }

  private List<NestedSchema> nested(ObjectNode fields, @Nullable ObjectNode definitions) {
    JsonNode references =
        Objects.requireNonNullElse(
            fields.get(SchemaFields.REFERENCES), JsonNodeFactory.instance.objectNode());
    if (!references.isObject()) {
      throw refused("The block schema references of a block schema must be an object.");
    }
    List<NestedSchema> nested = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : references.properties()) {
      Iterable<JsonNode> alternatives =
          entry.getValue().isArray() ? entry.getValue() : List.of(entry.getValue());
      for (JsonNode alternative : alternatives) {
        NestedSchema one =
            new NestedSchema(
                entry.getKey(), nested(fields, definitions, entry.getKey(), alternative));
        if (!nested.contains(one)) {
          nested.add(one);
        }
      }
    }
    return nested;
  }

  private UUID nested(
      ObjectNode fields, @Nullable ObjectNode definitions, String field, JsonNode reference) {
    String slug = text(reference, SchemaFields.SLUG);
    String checksum = text(reference, "block_schema_checksum");
    UUID type =
        known
            .typeOf(slug)
            .orElseThrow(
                () ->
                    new Refusal(
                            Kind.CONFLICT,
                            ("Cannot create block schema because block type '%s' was not found."
                                    + "Did you forget to register the block type?")
                                .formatted(slug))
                        .asException());
    Optional<UUID> existing = find(checksum, null);
    if (existing.isPresent()) {
      return existing.get();
    }
    if (definitions == null) {
      throw refused(
          "Unable to create nested block schema due to missing definitions in root block schema"
              + " fields");
    }
    ObjectNode definition = definition(fields, definitions, field, slug);
    return schema(
        new RegisterBlockSchema(definition, type, List.of(), BlockSchemaCommand.NO_VERSION),
        definitions);
  }

  /** Of a field that takes one of several blocks, the definition is the one of the same type. */
  private static ObjectNode definition(
      ObjectNode fields, ObjectNode definitions, String field, String slug) {
    List<String> names = SchemaFields.references(fields.path("properties").path(field));
    for (String name : names) {
      if (definitions.get(name) instanceof ObjectNode definition
          && (names.size() == 1 || slug.equals(definition.path(SchemaFields.SLUG).asString("")))) {
        return definition;
      }
    }
    throw refused(
        "Unable to create nested block schema for block type '%s' due to missing definition."
            .formatted(slug));
  }

  private Optional<UUID> find(String checksum, @Nullable String version) {
    for (BlockSchemaRegistered schema : added.values()) {
      if (schema.checksum().equals(checksum)
          && (version == null || schema.version().equals(version))) {
        return Optional.of(schema.blockSchemaId());
      }
    }
    return known.schemaOf(checksum, version);
  }

  private static String text(JsonNode reference, String key) {
    JsonNode text = reference.path(key);
    if (!text.isString()) {
      throw refused("A block schema reference must have a " + key + ".");
    }
    return text.asString();
  }

  private static RefusedException refused(String why) {
    return new Refusal(Kind.UNPROCESSABLE, why).asException();
  }
}
