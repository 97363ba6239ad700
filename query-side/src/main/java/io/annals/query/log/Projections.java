package io.annals.query.log;

import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
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
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    int begin = 0;
    for (int index = 0; index < events.size(); index++) {
      if (reachesOthers(events.get(index))) {
        projectTogether(transaction, events.subList(begin, index));
        projectTogether(transaction, events.subList(index, index + 1));
        begin = index + 1;
      }
    }
    projectTogether(transaction, events.subList(begin, events.size()));
  }

  private boolean reachesOthers(LoggedEvent event) {
    for (Projection projection : inOrder) {
      if (projection.reachesOthers(event)) {
        return true;
      }
    }
    return false;
  }

  private void projectTogether(Transaction transaction, List<LoggedEvent> events)
      throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    for (Projection projection : inOrder) {
      projection.project(transaction, events);
    }
  }

  /** Every projected table once, children before parents; two projections may share one. */
  public List<String> tables() {
    return inOrder.reversed().stream().flatMap(each -> each.tables().stream()).distinct().toList();
  }
}
