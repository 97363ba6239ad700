package io.annals.query.log;

import io.annals.events.log.LoggedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** All projections, in the order in which they take in each batch. */
public final class Projections {
  private final List<Projection> inOrder;

  /** Runs the given projections one after the other. */
  public Projections(List<Projection> inOrder) {
    this.inOrder = List.copyOf(inOrder);
  }

  /** Projects one batch everywhere. */
  public void project(Connection connection, List<LoggedEvent> events) throws SQLException {
    for (Projection projection : inOrder) {
      projection.project(connection, events);
    }
  }

  /** Every projected table once, children before parents; two projections may share one. */
  public List<String> tables() {
    return inOrder.reversed().stream().flatMap(each -> each.tables().stream()).distinct().toList();
  }
}
