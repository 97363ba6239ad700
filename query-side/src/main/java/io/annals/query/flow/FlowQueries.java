package io.annals.query.flow;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads flows. */
public final class FlowQueries {
  private static final String FLOWS = "SELECT " + FlowView.COLUMNS + " FROM flow WHERE %s";
  private static final String COUNT = "SELECT count(*) FROM flow WHERE %s";

  private final Database database;

  /** Reads from one database. */
  public FlowQueries(Database database) {
    this.database = database;
  }

  /** One flow. */
  public Optional<FlowView> byId(UUID flowId) {
    return database.lookup(FLOWS, Where.all().and("flow.id = ?", flowId), FlowView::read);
  }

  /** The flow of a name. */
  public Optional<FlowView> byName(String name) {
    return database.lookup(FLOWS, Where.all().and("flow.name = ?", name), FlowView::read);
  }

  /** One page of flows. */
  public List<FlowView> page(FlowSelection selection, FlowSort sort, int limit, long offset) {
    return limit == 0
        ? List.of()
        : database.page(FLOWS, selection.where(), sort.sql, limit, offset, FlowView::read);
  }

  /** How many flows there are. */
  public long count(FlowSelection selection) {
    return database.count(COUNT, selection.where());
  }
}
