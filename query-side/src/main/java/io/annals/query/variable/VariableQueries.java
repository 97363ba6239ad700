package io.annals.query.variable;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads variables. */
public final class VariableQueries {
  private static final String VARIABLES =
      "SELECT " + VariableView.COLUMNS + " FROM variable WHERE %s";
  private static final String COUNT = "SELECT count(*) FROM variable WHERE %s";

  private final Database database;

  /** Reads from one database. */
  public VariableQueries(Database database) {
    this.database = database;
  }

  /** One variable. */
  public Optional<VariableView> byId(UUID variableId) {
    return database.lookup(VARIABLES, Where.all().and("id = ?", variableId), VariableView::read);
  }

  /** The variable of a name. */
  public Optional<VariableView> byName(String name) {
    return database.lookup(VARIABLES, Where.all().and("name = ?", name), VariableView::read);
  }

  /** One page of variables. */
  public List<VariableView> page(
      @Nullable VariableFilter filter, VariableSort sort, int limit, long offset) {
    return database.page(VARIABLES, where(filter), sort.sql, limit, offset, VariableView::read);
  }

  /** How many variables there are. */
  public long count(@Nullable VariableFilter filter) {
    return database.count(COUNT, where(filter));
  }

  private static Where where(@Nullable VariableFilter filter) {
    return filter == null ? Where.all() : filter.where();
  }
}
