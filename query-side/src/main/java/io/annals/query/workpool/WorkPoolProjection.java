package io.annals.query.workpool;

import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import io.annals.events.workpool.StorageConfiguration;
import io.annals.events.workpool.WorkPoolEvent;
import io.annals.events.workpool.WorkPoolEvent.Place;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolCreated;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolDefaultQueueSet;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolDeleted;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolPaused;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolResumed;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolStatusSet;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolUpdated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueCreated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueDeleted;
import io.annals.events.workpool.WorkPoolEvent.WorkQueuePaused;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueResumed;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueStatusSet;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueUpdated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueuesReprioritised;
import io.annals.events.workpool.WorkStatus;
import io.annals.query.log.Projection;
import io.annals.query.sql.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tables {@code work_pool} and {@code work_queue}. */
public final class WorkPoolProjection implements Projection {
  private static final String PAUSED = "PAUSED";
  private static final String AGENTS = "prefect-agent";

  private static final Rows POOLS =
      new Rows(
          "work_pool",
          "name text",
          "description text",
          "type text",
          "base_job_template json",
          "is_paused boolean",
          "concurrency_limit integer",
          "status text",
          "storage_configuration json");

  private static final String SET_DEFAULT_QUEUE =
      """
      UPDATE work_pool SET default_queue_id = ?::uuid, updated = ?::timestamptz
      WHERE id = ?::uuid\
      """;

  private static final String UPDATE_POOL =
      """
      UPDATE work_pool SET description = ?, base_job_template = ?::json,
          concurrency_limit = ?::integer, storage_configuration = ?::json,
          updated = ?::timestamptz
      WHERE id = ?::uuid\
      """;

  /** The status of a pool of agents does not tell of pauses. */
  private static final String SET_PAUSED =
      """
      UPDATE work_pool SET is_paused = ?::boolean,
          status = CASE WHEN type = '%s' THEN status ELSE ? END, updated = ?::timestamptz
      WHERE id = ?::uuid\
      """
          .formatted(AGENTS);

  private static final String SET_STATUS =
      "UPDATE work_pool SET status = ?, updated = ?::timestamptz WHERE id = ?::uuid";

  private static final Rows QUEUES =
      new Rows(
          "work_queue",
          "work_pool_id uuid",
          "name text",
          "description text",
          "is_paused boolean",
          "concurrency_limit integer",
          "priority integer",
          "filter json",
          "status text");

  private static final String UPDATE_QUEUE =
      """
      UPDATE work_queue SET name = ?, description = ?, concurrency_limit = ?::integer,
          priority = ?::integer, filter = ?::json, updated = ?::timestamptz
      WHERE id = ?::uuid\
      """;

  private static final String SET_PRIORITY =
      """
      UPDATE work_queue SET priority = ?::integer, updated = ?::timestamptz
      WHERE id = ?::uuid\
      """;

  private static final String SET_QUEUE_PAUSED =
      """
      UPDATE work_queue SET is_paused = ?::boolean, status = ?, updated = ?::timestamptz
      WHERE id = ?::uuid\
      """;

  private static final String SET_QUEUE_STATUS =
      "UPDATE work_queue SET status = ?, updated = ?::timestamptz WHERE id = ?::uuid";

  @Override
  public List<String> tables() {
    return List.of("work_queue", "work_pool");
  }

  @Override
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    for (LoggedEvent event : events) {
      if (event.payload() instanceof WorkPoolEvent poolEvent) {
        project(transaction.connection(), poolEvent, event.occurred());
      }
    }
  }

  private static void project(Connection connection, WorkPoolEvent event, Instant at)
      throws SQLException {
    switch (event) {
      case WorkPoolCreated created -> insert(connection, created, at);
      case WorkPoolDefaultQueueSet(UUID id, UUID queueId) ->
          Rows.run(connection, SET_DEFAULT_QUEUE, queueId, at, id);
      case WorkPoolUpdated(var id, var description, var template, var limit, var storage) ->
          Rows.run(connection, UPDATE_POOL, description, template, limit, json(storage), at, id);
      case WorkPoolPaused(UUID id, var notice, var time) ->
          Rows.run(connection, SET_PAUSED, true, PAUSED, at, id);
      case WorkPoolResumed(UUID id, WorkStatus status, var notice, var time) ->
          Rows.run(connection, SET_PAUSED, false, status, at, id);
      case WorkPoolStatusSet(UUID id, WorkStatus status, var notice, var time) ->
          Rows.run(connection, SET_STATUS, status, at, id);
      case WorkPoolDeleted(UUID id) -> POOLS.delete(connection, id);
      case WorkQueueCreated created -> insert(connection, created, at);
      case WorkQueueUpdated(
              var pool,
              var id,
              var name,
              var description,
              var limit,
              var priority,
              var filter) ->
          Rows.run(connection, UPDATE_QUEUE, name, description, limit, priority, filter, at, id);
      case WorkQueuesReprioritised(var pool, List<Place> places) -> {
        for (Place place : places) {
          Rows.run(connection, SET_PRIORITY, place.priority(), at, place.workQueueId());
        }
      }
      case WorkQueuePaused(var pool, UUID id) ->
          Rows.run(connection, SET_QUEUE_PAUSED, true, PAUSED, at, id);
      case WorkQueueResumed(var pool, UUID id, WorkStatus status) ->
          Rows.run(connection, SET_QUEUE_PAUSED, false, status, at, id);
      case WorkQueueStatusSet(var pool, UUID id, WorkStatus status) ->
          Rows.run(connection, SET_QUEUE_STATUS, status, at, id);
      case WorkQueueDeleted(var pool, UUID id) -> QUEUES.delete(connection, id);
    }
  }

  private static void insert(Connection connection, WorkPoolCreated created, Instant at)
      throws SQLException {
    POOLS.insert(
        connection,
        created.workPoolId(),
        at,
        created.name(),
        created.description(),
        created.type(),
        created.baseJobTemplate(),
        false,
        created.concurrencyLimit(),
        WorkStatus.NOT_READY,
        json(created.storageConfiguration()));
  }

  private static void insert(Connection connection, WorkQueueCreated created, Instant at)
      throws SQLException {
    QUEUES.insert(
        connection,
        created.workQueueId(),
        at,
        created.workPoolId(),
        created.name(),
        created.description(),
        created.isPaused(),
        created.concurrencyLimit(),
        created.priority(),
        created.filter(),
        WorkStatus.NOT_READY);
  }

  /** As the API shows it, with its nulls. */
  private static ObjectNode json(StorageConfiguration storage) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("bundle_upload_step", storage.bundleUploadStep());
    json.set("bundle_execution_step", storage.bundleExecutionStep());
    UUID results = storage.defaultResultStorageBlockId();
    json.put("default_result_storage_block_id", results == null ? null : results.toString());
    return json;
  }
}
