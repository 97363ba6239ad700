package io.annals.query.deployment;

import io.annals.events.deployment.ConcurrencyOptions;
import io.annals.events.deployment.DeploymentStatus;
import io.annals.events.log.EventCodec;
import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as the API shows it.
 *
 * @param schedules the one that changed last comes first
 * @param concurrencyLimit always null: clients read {@code globalConcurrencyLimit}
 * @param createdBy always null, as in Prefect's own server
 * @param updatedBy always null, as in Prefect's own server
 */
public record DeploymentView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    @Nullable String version,
    @Nullable String description,
    UUID flowId,
    boolean paused,
    List<ScheduleView> schedules,
    @Nullable Integer concurrencyLimit,
    @Nullable Limit globalConcurrencyLimit,
    @Nullable ConcurrencyOptions concurrencyOptions,
    RawJson jobVariables,
    RawJson parameters,
    List<String> tags,
    RawJson labels,
    @Nullable String workQueueName,
    @Nullable UUID workQueueId,
    @Nullable Instant lastPolled,
    @Nullable RawJson parameterOpenapiSchema,
    @Nullable String path,
    @Nullable RawJson pullSteps,
    @Nullable String entrypoint,
    @Nullable UUID storageDocumentId,
    @Nullable UUID infrastructureDocumentId,
    @Nullable RawJson createdBy,
    @Nullable RawJson updatedBy,
    @Nullable String workPoolName,
    DeploymentStatus status,
    boolean enforceParameterSchema) {
  /**
   * The limit whose slots the runs of a deployment take.
   *
   * @param activeSlots slots that are taken at this moment
   */
  public record Limit(
      UUID id,
      Instant created,
      Instant updated,
      boolean active,
      String name,
      int limit,
      int activeSlots,
      double slotDecayPerSecond) {}

  static final String COLUMNS =
      """
      deployment.id, deployment.created, deployment.updated, deployment.name, deployment.version,
      deployment.description, deployment.flow_id, deployment.paused, deployment.concurrency_options,
      deployment.job_variables, deployment.parameters, deployment.tags, deployment.labels,
      coalesce(work_queue.name, deployment.work_queue_name), work_queue.id,
      deployment_poll.last_polled, deployment.parameter_openapi_schema, deployment.path,
      deployment.pull_steps, deployment.entrypoint, deployment.storage_document_id,
      deployment.infrastructure_document_id, work_pool.name, deployment.status,
      deployment.enforce_parameter_schema, concurrency.id, concurrency.created,
      concurrency.updated, concurrency.active, concurrency.name, concurrency.slot_limit,
      concurrency.active_slots, concurrency.slot_decay_per_second
      """;

  static DeploymentView read(ResultSet row, List<ScheduleView> schedules) throws SQLException {
    String options = row.getString(9);
    return new DeploymentView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getObject(7, UUID.class),
        row.getBoolean(8),
        schedules,
        null,
        limit(row),
        options == null ? null : EventCodec.JSON.readValue(options, ConcurrencyOptions.class),
        json(row, 10),
        json(row, 11),
        Reading.texts(row, 12),
        json(row, 13),
        row.getString(14),
        Reading.id(row, 15),
        Reading.instant(row, 16),
        Reading.json(row, 17),
        row.getString(18),
        Reading.json(row, 19),
        row.getString(20),
        Reading.id(row, 21),
        Reading.id(row, 22),
        null,
        null,
        row.getString(23),
        DeploymentStatus.valueOf(row.getString(24)),
        row.getBoolean(25));
  }

  private static @Nullable Limit limit(ResultSet row) throws SQLException {
    UUID id = Reading.id(row, 26);
    return id == null
        ? null
        : new Limit(
            id,
            Reading.moment(row, 27),
            Reading.moment(row, 28),
            row.getBoolean(29),
            row.getString(30),
            row.getInt(31),
            row.getInt(32),
            row.getDouble(33));
  }

  private static RawJson json(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNull(Reading.json(row, column));
  }

  /** The same with its schedules. */
  DeploymentView with(List<ScheduleView> found) {
    return new DeploymentView(
        id,
        created,
        updated,
        name,
        version,
        description,
        flowId,
        paused,
        found,
        concurrencyLimit,
        globalConcurrencyLimit,
        concurrencyOptions,
        jobVariables,
        parameters,
        tags,
        labels,
        workQueueName,
        workQueueId,
        lastPolled,
        parameterOpenapiSchema,
        path,
        pullSteps,
        entrypoint,
        storageDocumentId,
        infrastructureDocumentId,
        createdBy,
        updatedBy,
        workPoolName,
        status,
        enforceParameterSchema);
  }
}
