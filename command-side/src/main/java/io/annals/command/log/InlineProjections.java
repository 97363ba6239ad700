package io.annals.command.log;

import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import java.sql.SQLException;
import java.util.List;

/** What is projected in the transaction that appends. */
@FunctionalInterface
public interface InlineProjections {
  /**
   * Projects one batch, in log order. Throwing undoes the append.
   *
   * @param transaction the append's own; not to be committed
   */
  void project(Transaction transaction, List<LoggedEvent> events) throws SQLException;
}
