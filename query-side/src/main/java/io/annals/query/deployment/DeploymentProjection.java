package io.annals.query.deployment;

import io.annals.events.deployment.DeploymentDefinition;
import io.annals.events.deployment.DeploymentEvent;
import io.annals.events.deployment.DeploymentEvent.DeploymentCreated;
import io.annals.events.deployment.DeploymentEvent.DeploymentDeleted;
import io.annals.events.deployment.DeploymentEvent.DeploymentPaused;
import io.annals.events.deployment.DeploymentEvent.DeploymentResumed;
import io.annals.events.deployment.DeploymentEvent.DeploymentRunsPlanned;
import io.annals.events.deployment.DeploymentEvent.DeploymentScheduleRemoved;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesAdded;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesChanged;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesReplaced;
import io.annals.events.deployment.DeploymentEvent.DeploymentStatusSet;
import io.annals.events.deployment.DeploymentEvent.DeploymentUpdated;
import io.annals.events.deployment.DeploymentSchedule;
import io.annals.events.log.EventCodec;
import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import io.annals.query.log.Projection;
import io.annals.query.sql.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables {@code deployment} and {@code deployment_schedule}. */
public final class DeploymentProjection implements Projection {
  private static final String[] DEFINITION = {
    "version text",
    "description text",
    "tags text[]",
    "labels json",
    "parameters json",
    "parameter_openapi_schema json",
    "enforce_parameter_schema boolean",
    "pull_steps json",
    "path text",
    "entrypoint text",
    "paused boolean",
    "work_queue_id uuid",
    "work_queue_name text",
    "storage_document_id uuid",
    "infrastructure_document_id uuid",
    "job_variables json",
    "concurrency_limit_id uuid",
    "concurrency_options json"
  };

  private static final Rows NEW =
      new Rows(
          "deployment",
          Stream.concat(
                  Arrays.stream(DEFINITION), Stream.of("flow_id uuid", "name text", "status text"))
              .toArray(String[]::new));
  private static final Rows DEFINITIONS = new Rows("deployment", DEFINITION);
  private static final Rows PAUSES = new Rows("deployment", "paused boolean");

  /** Who polls does not change what is deployed: {@code updated} stays. */
  private static final String SET_STATUS = "UPDATE deployment SET status = ? WHERE id = ?::uuid";

  /** Schedules are part of what is deployed: runs are planned anew where {@code updated} moved. */
  private static final String TOUCH =
      "UPDATE deployment SET updated = ?::timestamptz WHERE id = ?::uuid";

  private static final Rows SCHEDULES =
      new Rows(
          "deployment_schedule",
          "deployment_id uuid",
          "ordinal integer",
          "schedule json",
          "active boolean",
          "max_scheduled_runs integer",
          "parameters json",
          "slug text");
  private static final String UNSCHEDULE =
      "DELETE FROM deployment_schedule WHERE deployment_id = ?::uuid";

  /** Slugs may change places, so none is in the way while others move. */
  private static final String FREE_SLUG =
      "UPDATE deployment_schedule SET slug = NULL WHERE id = ?::uuid";

  @Override
  public List<String> tables() {
    return List.of("deployment", "deployment_schedule");
  }

  @Override
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    for (LoggedEvent event : events) {
      if (event.payload() instanceof DeploymentEvent deploymentEvent) {
        project(transaction.connection(), deploymentEvent, event.occurred());
      }
    }
  }

  private static void project(Connection connection, DeploymentEvent event, Instant at)
      throws SQLException {
    UUID id = event.deploymentId();
    switch (event) {
      case DeploymentCreated created ->
          NEW.insert(
              connection,
              id,
              at,
              values(created.definition(), created.flowId(), created.name(), "NOT_READY"));
      case DeploymentUpdated updated ->
          DEFINITIONS.update(connection, id, at, values(updated.definition()));
      case DeploymentPaused ignored -> PAUSES.update(connection, id, at, true);
      case DeploymentResumed ignored -> PAUSES.update(connection, id, at, false);
      case DeploymentRunsPlanned ignored -> {} // the runs have events of their own
      case DeploymentSchedulesReplaced replaced -> {
        Rows.run(connection, UNSCHEDULE, id);
        add(connection, id, replaced.schedules(), at);
      }
      case DeploymentSchedulesAdded added -> add(connection, id, added.schedules(), at);
      case DeploymentSchedulesChanged changed -> change(connection, id, changed.schedules(), at);
      case DeploymentScheduleRemoved removed -> {
        Rows.run(connection, TOUCH, at, id);
        SCHEDULES.delete(connection, removed.scheduleId());
      }
      case DeploymentStatusSet set -> Rows.run(connection, SET_STATUS, set.status().name(), id);
      case DeploymentDeleted ignored -> {
        Rows.run(connection, UNSCHEDULE, id);
        NEW.delete(connection, id);
      }
    }
  }

  private static void add(
      Connection connection, UUID deploymentId, List<DeploymentSchedule> schedules, Instant at)
      throws SQLException {
    Rows.run(connection, TOUCH, at, deploymentId);
    int ordinal = 0;
    for (DeploymentSchedule schedule : schedules) {
      SCHEDULES.insert(connection, schedule.id(), at, values(deploymentId, ordinal++, schedule));
    }
  }

  private static void change(
      Connection connection, UUID deploymentId, List<DeploymentSchedule> schedules, Instant at)
      throws SQLException {
    Rows.run(connection, TOUCH, at, deploymentId);
    for (DeploymentSchedule schedule : schedules) {
      Rows.run(connection, FREE_SLUG, schedule.id());
    }
    int ordinal = 0;
    for (DeploymentSchedule schedule : schedules) {
      SCHEDULES.update(connection, schedule.id(), at, values(deploymentId, ordinal++, schedule));
    }
  }

  private static @Nullable Object[] values(
      UUID deploymentId, int ordinal, DeploymentSchedule schedule) {
    return new @Nullable Object[] {
      deploymentId,
      ordinal,
      EventCodec.JSON.writeValueAsString(schedule.schedule()),
      schedule.active(),
      schedule.maxScheduledRuns(),
      schedule.parameters(),
      schedule.slug()
    };
  }

  private static @Nullable Object[] values(DeploymentDefinition definition, Object... more) {
    @Nullable Object[] values = {
      definition.version(),
      definition.description(),
      definition.tags(),
      definition.labels(),
      definition.parameters(),
      definition.parameterOpenapiSchema(),
      definition.enforceParameterSchema(),
      definition.pullSteps(),
      definition.path(),
      definition.entrypoint(),
      definition.paused(),
      definition.workQueueId(),
      definition.workQueueName(),
      definition.storageDocumentId(),
      definition.infrastructureDocumentId(),
      definition.jobVariables(),
      definition.concurrencyLimitId(),
      definition.concurrencyOptions() == null
          ? null
          : EventCodec.JSON.writeValueAsString(definition.concurrencyOptions())
    };
    @Nullable Object[] all = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, all, values.length, more.length);
    return all;
  }
}
