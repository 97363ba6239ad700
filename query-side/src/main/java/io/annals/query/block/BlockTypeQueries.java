package io.annals.query.block;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads block types. */
public final class BlockTypeQueries {
  private static final String TYPES =
      "SELECT " + BlockTypeView.COLUMNS + " FROM block_type t WHERE %s";

  private static final String HAS_SCHEMA =
      "EXISTS (SELECT FROM block_schema s WHERE s.block_type_id = t.id AND %s)";

  private final Database database;

  /** Reads from one database. */
  public BlockTypeQueries(Database database) {
    this.database = database;
  }

  /** One block type. */
  public Optional<BlockTypeView> byId(UUID blockTypeId) {
    return database.lookup(TYPES, Where.all().and("t.id = ?", blockTypeId), BlockTypeView::read);
  }

  /** The block type of a slug. */
  public Optional<BlockTypeView> bySlug(String slug) {
    return database.lookup(TYPES, Where.all().and("t.slug = ?", slug), BlockTypeView::read);
  }

  /** One page of block types, by name. */
  public List<BlockTypeView> page(
      @Nullable BlockTypeFilter types,
      @Nullable BlockSchemaFilter schemas,
      int limit,
      long offset) {
    Where where = Where.all().and(types == null ? null : types.where());
    if (schemas != null) {
      where.within(HAS_SCHEMA, Where.all().and(schemas.where()));
    }
    return database.page(TYPES, where, "t.name, t.id", limit, offset, BlockTypeView::read);
  }
}
