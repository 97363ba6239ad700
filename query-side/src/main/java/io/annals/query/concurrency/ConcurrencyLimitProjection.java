package io.annals.query.concurrency;

import io.annals.events.concurrency.ConcurrencyLimitEvent;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitCreated;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitDeleted;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitUpdated;
import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import io.annals.query.log.Projection;
import io.annals.query.sql.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Table {@code concurrency_limit}. */
public final class ConcurrencyLimitProjection implements Projection {
  private static final Rows ROWS =
      new Rows(
          "concurrency_limit",
          "name text",
          "slot_limit integer",
          "active boolean",
          "slot_decay_per_second float8");

  @Override
  public List<String> tables() {
    return List.of("concurrency_limit");
  }

  @Override
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    for (LoggedEvent event : events) {
      if (event.payload() instanceof ConcurrencyLimitEvent limitEvent) {
        project(transaction.connection(), limitEvent, event.occurred());
      }
    }
  }

  private static void project(Connection connection, ConcurrencyLimitEvent event, Instant at)
      throws SQLException {
    switch (event) {
      case ConcurrencyLimitCreated created ->
          ROWS.insert(
              connection,
              created.limitId(),
              at,
              created.name(),
              created.limit(),
              created.active(),
              created.slotDecayPerSecond());
      case ConcurrencyLimitUpdated updated ->
          ROWS.update(
              connection,
              updated.limitId(),
              at,
              updated.name(),
              updated.limit(),
              updated.active(),
              updated.slotDecayPerSecond());
      case ConcurrencyLimitDeleted deleted -> ROWS.delete(connection, deleted.limitId());
    }
  }
}
