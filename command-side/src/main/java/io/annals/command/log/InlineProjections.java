package io.annals.command.log;

import io.annals.events.log.LoggedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What is projected in the transaction that appends. */
@FunctionalInterface
public interface InlineProjections {
  /**
   * Projects one batch, in log order. Throwing undoes the append.
   *
   * @param connection the append's own; not to be committed or closed
   */
  void project(Connection connection, List<LoggedEvent> events) throws SQLException;
}
