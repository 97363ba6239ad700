package io.annals.query.flow;

import io.annals.events.flow.FlowEvent;
import io.annals.events.flow.FlowEvent.FlowCreated;
import io.annals.events.flow.FlowEvent.FlowDeleted;
import io.annals.events.flow.FlowEvent.FlowTagged;
import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.RowBatch;
import io.annals.events.sql.Transaction;
import io.annals.query.log.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Table {@code flow}. */
public final class FlowProjection implements Projection {
  private static final String CREATE =
      """
      INSERT INTO flow (id, created, updated, name, tags, labels)
      SELECT id::uuid, at::timestamptz, at::timestamptz, name, tags::text[], labels::json FROM %s
      """
          .formatted(RowBatch.unnest("f", "id", "at", "name", "tags", "labels"));

  private static final String TAG =
      """
      UPDATE flow SET tags = f.tags::text[], updated = f.at::timestamptz FROM %s
      WHERE flow.id = ANY (ARRAY[f.id::uuid])
      """
          .formatted(RowBatch.unnest("f", "id", "at", "tags"));

  private static final String DELETE =
      "DELETE FROM flow USING %s WHERE flow.id = ANY (ARRAY[f.id::uuid])"
          .formatted(RowBatch.unnest("f", "id"));

  @Override
  public List<String> tables() {
    return List.of("flow");
  }

  @Override
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    for (LoggedEvent event : events) {
      if (event.payload() instanceof FlowEvent flowEvent) {
        project(
            transaction.connection(),
            event,
            flowEvent); // flows change rarely: one statement each is enough
      }
    }
  }

  private static void project(Connection connection, LoggedEvent event, FlowEvent payload)
      throws SQLException {
    switch (payload) {
      case FlowCreated created -> {
        RowBatch row = new RowBatch(5);
        row.add(
            created.flowId(),
            event.occurred(),
            created.name(),
            RowBatch.arrayText(created.tags()),
            created.labels());
        row.execute(connection, CREATE);
      }
      case FlowTagged tagged -> {
        RowBatch row = new RowBatch(3);
        row.add(tagged.flowId(), event.occurred(), RowBatch.arrayText(tagged.tags()));
        row.execute(connection, TAG);
      }
      case FlowDeleted deleted -> {
        RowBatch row = new RowBatch(1);
        row.add(deleted.flowId());
        row.execute(connection, DELETE);
      }
    }
  }
}
