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
    int begin = 0;
    for (int index = 0; index < events.size(); index++) {
      if (reachesOthers(events.get(index))) {
        projectTogether(connection, events.subList(begin, index));
        projectTogether(connection, events.subList(index, index + 1));
        begin = index + 1;
      }
    }
    projectTogether(connection, events.subList(begin, events.size()));
  }

  private boolean reachesOthers(LoggedEvent event) {
    for (Projection projection : inOrder) {
      if (projection.reachesOthers(event)) {
        return true;
      }
    }
    return false;
  }

  private void projectTogether(Connection connection, List<LoggedEvent> events)
      throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    for (Projection projection : inOrder) {
      projection.project(connection, events);
    }
  }

  /** Every projected table once, children before parents; two projections may share one. */
  public List<String> tables() {
    return inOrder.reversed().stream().flatMap(each -> each.tables().stream()).distinct().toList();
  }
}
