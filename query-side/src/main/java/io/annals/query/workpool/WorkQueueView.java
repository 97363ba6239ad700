package io.annals.query.workpool;

import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A work queue as the API shows it.
 *
 * @param filter which runs an old queue of agents takes
 * @param activeSlots runs that are under way; null without a limit
 */
public record WorkQueueView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    String description,
    boolean isPaused,
    @Nullable Integer concurrencyLimit,
    int priority,
    UUID workPoolId,
    @Nullable RawJson filter,
    @Nullable Instant lastPolled,
    String workPoolName,
    String status,
    @Nullable Long activeSlots) {
  private static final String COLUMNS =
      """
      work_queue.id, work_queue.created, work_queue.updated, work_queue.name,
      work_queue.description, work_queue.is_paused, work_queue.concurrency_limit,
      work_queue.priority, work_queue.work_pool_id, work_queue.filter,
      work_queue_poll.last_polled, work_pool.name, work_queue.status,
      CASE WHEN work_queue.concurrency_limit IS NOT NULL THEN (
          SELECT count(*) FROM flow_run
          WHERE flow_run.work_queue_id = work_queue.id
              AND flow_run.state_type IN (<active>)) END
      """;

  /** Workers of pools look at it so. */
  static final String COLUMNS_FOR_WORKERS = COLUMNS.replace("<active>", "'PENDING', 'RUNNING'");

  /** Old agents look at it so. */
  static final String COLUMNS_FOR_AGENTS =
      COLUMNS.replace("<active>", "'PENDING', 'RUNNING', 'CANCELLING'");

  static WorkQueueView read(ResultSet row, int index) throws SQLException {
    return new WorkQueueView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getString(4),
        row.getString(5),
        row.getBoolean(6),
        row.getObject(7, Integer.class),
        row.getInt(8),
        row.getObject(9, UUID.class),
        Reading.json(row, 10),
        Reading.instant(row, 11),
        row.getString(12),
        row.getString(13),
        row.getObject(14, Long.class));
  }
}
