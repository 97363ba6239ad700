package io.annals.query.log;

import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import java.sql.SQLException;
import java.util.List;

/**
 * A set of tables that is a fold of the log. The same class runs inside the appending transaction
 * and over the stored log, so it has no other input than the events: no clock, no random ids.
 */
public interface Projection {
  /** The tables it writes, children before parents: the order in which they can be emptied. */
  List<String> tables();

  /**
   * Takes in a batch in log order, with one multi-row statement per table where possible.
   *
   * @param transaction its search path decides which schema is written
   */
  void project(Transaction transaction, List<LoggedEvent> events) throws SQLException;

  /**
   * Whether what it does for an event reaches rows that other projections write. Such an event is
   * projected apart from its batch: a rebuild gathers events into other batches than the appends
   * did, and must come to the same tables.
   */
  default boolean reachesOthers(LoggedEvent event) {
    return false;
  }
}
