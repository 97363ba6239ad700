package io.annals.query.block;

import io.annals.events.block.SecretFields;
import io.annals.query.block.NestedDocuments.Reference;
import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads what decisions about blocks need to know: who belongs to whom, who refers to whom. */
public final class BlockReferences {
  /** References that are followed upwards; longer chains are refused when they are written. */
  private static final int MAX_CHAIN = 100;

  private static final String REFERENCES =
      """
      WITH RECURSIVE reached AS (
        SELECT parent_id, name, reference_id FROM block_document_reference WHERE %s
        UNION
        SELECT r.parent_id, r.name, r.reference_id
        FROM block_document_reference r JOIN reached ON r.parent_id = reached.reference_id
      )
      SELECT parent_id, name, reference_id FROM reached ORDER BY parent_id, name
      """;

  private static final String CHAIN =
      """
      WITH RECURSIVE above (id, distance) AS (
        SELECT parent_id, 1 FROM block_document_reference WHERE %s
        UNION
        SELECT r.parent_id, distance + 1
        FROM block_document_reference r JOIN above ON r.reference_id = above.id
        WHERE distance <\s"""
          + MAX_CHAIN
          + ") SELECT coalesce(max(distance), 0) FROM above";

  private static final String EXISTING = "SELECT d.id FROM block_document d WHERE %s";

  private static final String OF_TYPE =
      """
      SELECT d.id FROM block_document d JOIN block_schema s ON s.id = d.block_schema_id WHERE %s
      """;

  private static final String SCHEMA =
      """
      SELECT s.id, s.block_type_id, t.is_protected, s.capabilities, s.fields -> 'secret_fields'
      FROM block_schema s JOIN block_type t ON t.id = s.block_type_id WHERE %s
      """;

  private final Database database;

  /** Reads from one database. */
  public BlockReferences(Database database) {
    this.database = database;
  }

  /** A schema, as far as decisions about its documents need it. */
  public record Schema(
      UUID id,
      UUID blockTypeId,
      boolean isProtected,
      List<String> capabilities,
      SecretFields secretFields) {}

  /** What decisions need to know of a schema. */
  public Optional<Schema> schema(UUID blockSchemaId) {
    return database.lookup(
        SCHEMA,
        Where.all().and("s.id = ?", blockSchemaId),
        (row, index) ->
            new Schema(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getBoolean(3),
                List.of((String[]) row.getArray(4).getArray()),
                StoredDocument.secrets(row.getString(5))));
  }

  /** The document of a name and type. */
  public Optional<UUID> documentByName(UUID blockTypeId, String name) {
    return database.lookup(
        EXISTING,
        Where.all().and("d.block_type_id = ?", blockTypeId).and("d.name = ?", name),
        (row, index) -> row.getObject(1, UUID.class));
  }

  /** The documents of a schema. */
  public List<UUID> documentsOfSchema(UUID blockSchemaId) {
    return ids(EXISTING, Where.all().and("d.block_schema_id = ?", blockSchemaId));
  }

  /** The documents of a type, and those with a schema of it. */
  public List<UUID> documentsOfType(UUID blockTypeId) {
    return ids(
        OF_TYPE,
        Where.all().and("(d.block_type_id = ? OR s.block_type_id = ?)", blockTypeId, blockTypeId));
  }

  /** These documents and all that they lead to, as far as they exist, each with what it names. */
  public Map<UUID, Set<UUID>> graph(Collection<UUID> blockDocumentIds) {
    Map<UUID, Set<UUID>> graph = new LinkedHashMap<>();
    if (!blockDocumentIds.isEmpty()) {
      ids(EXISTING, Where.all().anyId("d.id", blockDocumentIds))
          .forEach(id -> graph.put(id, new HashSet<>()));
      for (Reference reference : from(blockDocumentIds)) {
        graph
            .computeIfAbsent(reference.parent(), parent -> new HashSet<>())
            .add(reference.document());
      }
    }
    return graph;
  }

  /** References on the longest way from another document to this one, 100 at most. */
  public int longestChainTo(UUID blockDocumentId) {
    return database
        .lookupAll(
            CHAIN,
            Where.all().and("reference_id = ?", blockDocumentId),
            (row, index) -> row.getInt(1))
        .getFirst();
  }

  List<Reference> from(Collection<UUID> blockDocumentIds) {
    return database.lookupAll(
        REFERENCES,
        Where.all().anyId("parent_id", blockDocumentIds),
        (row, index) ->
            new Reference(
                row.getObject(1, UUID.class), row.getString(2), row.getObject(3, UUID.class)));
  }

  private List<UUID> ids(String sql, Where where) {
    return database.lookupAll(sql, where, (row, index) -> row.getObject(1, UUID.class));
  }
}
