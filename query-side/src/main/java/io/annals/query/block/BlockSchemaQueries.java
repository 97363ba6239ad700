package io.annals.query.block;

import io.annals.events.log.EventCodec;
import io.annals.query.block.NestedSchemas.Reference;
import io.annals.query.sql.Database;
import io.annals.query.sql.Reading;
import io.annals.query.sql.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads block schemas, with the schemas of other blocks put back into them. */
public final class BlockSchemaQueries {
  private static final String IDS = "SELECT s.id FROM block_schema s WHERE %s";
  private static final String NEWEST_FIRST = "s.position DESC";

  /** References of the schemas asked for, and of all that those lead to. */
  private static final String REFERENCES =
      """
      WITH RECURSIVE reached AS (
        SELECT parent_id, ordinal, name, reference_id FROM block_schema_reference WHERE %s
        UNION
        SELECT r.parent_id, r.ordinal, r.name, r.reference_id
        FROM block_schema_reference r JOIN reached ON r.parent_id = reached.reference_id
      )
      SELECT parent_id, name, reference_id FROM reached ORDER BY parent_id, ordinal
      """;

  private static final String SCHEMAS =
      """
      SELECT s.id, s.created, s.updated, s.checksum, s.fields, s.capabilities, s.version,
      """
          + BlockTypeView.COLUMNS
          + " FROM block_schema s JOIN block_type t ON t.id = s.block_type_id WHERE %s";

  private static final String CAPABILITIES =
      "SELECT DISTINCT unnest(s.capabilities) AS capability FROM block_schema s WHERE %s"
          + " ORDER BY capability";

  private final Database database;

  /** Reads from one database. */
  public BlockSchemaQueries(Database database) {
    this.database = database;
  }

  /** One schema. */
  public Optional<BlockSchemaView> byId(UUID blockSchemaId) {
    return byIds(Set.of(blockSchemaId)).values().stream().findFirst();
  }

  /** The newest schema of a checksum, of one version only where that is given. */
  public Optional<BlockSchemaView> byChecksum(String checksum, @Nullable String version) {
    return idByChecksum(checksum, version).flatMap(this::byId);
  }

  /** The id of the newest schema of a checksum, of one version only where that is given. */
  public Optional<UUID> idByChecksum(String checksum, @Nullable String version) {
    Where where = Where.all().and("s.checksum = ?", checksum);
    if (version != null) {
      where.and("s.version = ?", version);
    }
    return database
        .page(IDS, where, NEWEST_FIRST, 1, 0, (row, index) -> row.getObject(1, UUID.class))
        .stream()
        .findFirst();
  }

  /** The schemas of a type. */
  public List<UUID> idsOfType(UUID blockTypeId) {
    return database.lookupAll(
        IDS,
        Where.all().and("s.block_type_id = ?", blockTypeId),
        (row, index) -> row.getObject(1, UUID.class));
  }

  /** One page of schemas, the newest first. */
  public List<BlockSchemaView> page(@Nullable BlockSchemaFilter filter, int limit, long offset) {
    Where where = filter == null ? Where.all() : filter.where();
    List<UUID> ids =
        database.page(
            IDS, where, NEWEST_FIRST, limit, offset, (row, index) -> row.getObject(1, UUID.class));
    return List.copyOf(byIds(ids).values());
  }

  /** Schemas by id, in the given order; without those that are not there. */
  Map<UUID, BlockSchemaView> byIds(Collection<UUID> ids) {
    List<Reference> references =
        database.lookupAll(
            REFERENCES,
            Where.all().anyId("parent_id", ids),
            (row, index) ->
                new Reference(
                    row.getObject(1, UUID.class), row.getString(2), row.getObject(3, UUID.class)));
    Set<UUID> needed = new LinkedHashSet<>(ids);
    references.forEach(reference -> needed.add(reference.schema()));
    Map<UUID, BlockSchemaView> stored = new LinkedHashMap<>();
    database
        .lookupAll(SCHEMAS, Where.all().anyId("s.id", needed), BlockSchemaQueries::read)
        .forEach(schema -> stored.put(schema.id(), schema));
    NestedSchemas nested = new NestedSchemas(stored, references);
    Map<UUID, BlockSchemaView> whole = new LinkedHashMap<>();
    ids.stream().filter(stored::containsKey).forEach(id -> whole.put(id, nested.whole(id)));
    return whole;
  }

  /** The capabilities of all schemas, each once. */
  public List<String> capabilities() {
    return database.list(CAPABILITIES, Where.all(), (row, index) -> row.getString(1));
  }

  private static BlockSchemaView read(ResultSet row, int index) throws SQLException {
    BlockTypeView type = BlockTypeView.from(row, 8);
    return new BlockSchemaView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getString(4),
        (ObjectNode) EventCodec.JSON.readTree(row.getString(5)),
        type.id(),
        type,
        Reading.texts(row, 6),
        row.getString(7));
  }
}
