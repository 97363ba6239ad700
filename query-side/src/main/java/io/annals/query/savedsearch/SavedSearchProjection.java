package io.annals.query.savedsearch;

import io.annals.events.log.LoggedEvent;
import io.annals.events.savedsearch.SavedSearchEvent;
import io.annals.events.savedsearch.SavedSearchEvent.SavedSearchCreated;
import io.annals.events.savedsearch.SavedSearchEvent.SavedSearchDeleted;
import io.annals.events.savedsearch.SavedSearchEvent.SavedSearchReplaced;
import io.annals.events.sql.Transaction;
import io.annals.query.log.Projection;
import io.annals.query.sql.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Table {@code saved_search}. */
public final class SavedSearchProjection implements Projection {
  private static final Rows ROWS = new Rows("saved_search", "name text", "filters json");
  private static final String REPLACE =
      "UPDATE saved_search SET filters = ?::json, updated = ?::timestamptz WHERE id = ?::uuid";

  @Override
  public List<String> tables() {
    return List.of("saved_search");
  }

  @Override
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    for (LoggedEvent event : events) {
      if (event.payload() instanceof SavedSearchEvent searchEvent) {
        project(transaction.connection(), searchEvent, event.occurred());
      }
    }
  }

  private static void project(Connection connection, SavedSearchEvent event, Instant at)
      throws SQLException {
    switch (event) {
      case SavedSearchCreated(var id, var name, var filters) ->
          ROWS.insert(connection, id, at, name, filters);
      case SavedSearchReplaced(var id, var filters) ->
          Rows.run(connection, REPLACE, filters, at, id);
      case SavedSearchDeleted(var id) -> ROWS.delete(connection, id);
    }
  }
}
