package io.annals.query.variable;

import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import io.annals.events.variable.VariableEvent;
import io.annals.events.variable.VariableEvent.VariableCreated;
import io.annals.events.variable.VariableEvent.VariableDeleted;
import io.annals.events.variable.VariableEvent.VariableUpdated;
import io.annals.query.log.Projection;
import io.annals.query.sql.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Table {@code variable}. */
public final class VariableProjection implements Projection {
  private static final Rows ROWS = new Rows("variable", "name text", "value json", "tags text[]");

  @Override
  public List<String> tables() {
    return List.of("variable");
  }

  @Override
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    for (LoggedEvent event : events) {
      if (event.payload() instanceof VariableEvent variableEvent) {
        project(transaction.connection(), variableEvent, event.occurred());
      }
    }
  }

  private static void project(Connection connection, VariableEvent event, Instant at)
      throws SQLException {
    switch (event) {
      case VariableCreated(var id, var name, var value, var tags) ->
          ROWS.insert(connection, id, at, name, value, tags);
      case VariableUpdated(var id, var name, var value, var tags) ->
          ROWS.update(connection, id, at, name, value, tags);
      case VariableDeleted(var id) -> ROWS.delete(connection, id);
    }
  }
}
