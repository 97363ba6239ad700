package io.annals.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.flowrun.FlowRunEvent.FlowRunDeleted;
import io.annals.events.log.Face;
import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import io.annals.events.log.Origin;
import io.annals.events.sql.Transaction;
import io.annals.query.flowrun.FlowRunProjection;
import io.annals.query.sql.MigratedDatabase;
import io.annals.query.taskrun.TaskRunProjection;
import io.annals.query.taskrun.TaskRunRecorder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ProjectionsTest {
  private static final UUID FLOW_RUN = new UUID(1, 1);
  private static final UUID TASK_RUN = new UUID(2, 2);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final DataSource database = MigratedDatabase.create();

  /** However the log is cut into batches, as appends and rebuilds do differently. */
  @Test
  void a_task_run_reported_before_its_flow_run_was_deleted_is_gone() throws SQLException {
    Projections projections =
        new Projections(
            List.of(new FlowRunProjection(), new TaskRunProjection(), new TaskRunRecorder()));
    try (Connection connection = database.getConnection()) {
      Transaction transaction = new Transaction(connection);
      projections.project(transaction, List.of(reported(1), deleted(2)));
      transaction.commit();
    }
    assertThat(JdbcClient.create(database).sql("SELECT id FROM task_run").query().listOfRows())
        .isEmpty();
  }

  @Test
  void a_task_run_reported_afterwards_is_kept() throws SQLException {
    Projections projections =
        new Projections(
            List.of(new FlowRunProjection(), new TaskRunProjection(), new TaskRunRecorder()));
    try (Connection connection = database.getConnection()) {
      Transaction transaction = new Transaction(connection);
      projections.project(transaction, List.of(deleted(1), reported(2)));
      transaction.commit();
    }
    assertThat(JdbcClient.create(database).sql("SELECT id FROM task_run").query().listOfRows())
        .hasSize(1);
  }

  private static LoggedEvent deleted(long position) {
    return new LoggedEvent(
        position,
        new UUID(3, position),
        Family.DOMAIN,
        "flowrun-" + FLOW_RUN,
        position,
        NOW,
        NOW,
        new FlowRunDeleted(FLOW_RUN),
        Origin.NONE,
        null);
  }

  private static LoggedEvent reported(long position) {
    ObjectNode payload =
        (ObjectNode)
            JsonMapper.shared()
                .readTree(
                    """
                    {"task_run": {"name": "t", "task_key": "t", "dynamic_key": "0"},
                     "validated_state": {"type": "RUNNING", "name": "Running"}}
                    """);
    Face face =
        new Face(
            new UUID(4, position),
            NOW,
            "prefect.task-run.Running",
            Map.of(
                Face.RESOURCE_ID,
                "prefect.task-run." + TASK_RUN,
                "prefect.orchestration",
                "client"),
            List.of(
                Map.of(
                    Face.RESOURCE_ID,
                    "prefect.flow-run." + FLOW_RUN,
                    Face.RESOURCE_ROLE,
                    "flow-run")),
            payload,
            null);
    return new LoggedEvent(
        position, face.id(), Family.OBSERVED, null, -1, NOW, NOW, null, Origin.NONE, face);
  }
}
