package io.annals.query.workpool;

import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A work pool as the API shows it.
 *
 * @param status null for pools of agents, who tell nobody whether they are there
 * @param activeSlots runs that are under way; null without a limit
 */
public record WorkPoolView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    @Nullable String description,
    String type,
    RawJson baseJobTemplate,
    boolean isPaused,
    @Nullable Integer concurrencyLimit,
    @Nullable String status,
    UUID defaultQueueId,
    RawJson storageConfiguration,
    @Nullable Long activeSlots) {
  static final String COLUMNS =
      """
      work_pool.id, work_pool.created, work_pool.updated, work_pool.name, work_pool.description,
      work_pool.type, work_pool.base_job_template, work_pool.is_paused,
      work_pool.concurrency_limit,
      CASE WHEN work_pool.type <> 'prefect-agent' THEN work_pool.status END,
      work_pool.default_queue_id, work_pool.storage_configuration,
      CASE WHEN work_pool.concurrency_limit IS NOT NULL THEN (
          SELECT count(*) FROM work_queue
          JOIN flow_run ON flow_run.work_queue_id = work_queue.id
              AND flow_run.state_type IN ('PENDING', 'RUNNING')
          WHERE work_queue.work_pool_id = work_pool.id) END
      """;

  static WorkPoolView read(ResultSet row, int index) throws SQLException {
    return new WorkPoolView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        json(row, 7),
        row.getBoolean(8),
        row.getObject(9, Integer.class),
        row.getString(10),
        row.getObject(11, UUID.class),
        json(row, 12),
        row.getObject(13, Long.class));
  }

  /** The same pool with its storage configuration shown otherwise. */
  public WorkPoolView with(RawJson shownStorageConfiguration) {
    return new WorkPoolView(
        id,
        created,
        updated,
        name,
        description,
        type,
        baseJobTemplate,
        isPaused,
        concurrencyLimit,
        status,
        defaultQueueId,
        shownStorageConfiguration,
        activeSlots);
  }

  private static RawJson json(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNull(Reading.json(row, column));
  }
}
