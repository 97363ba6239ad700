package io.annals.query.flowrun;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads which runs workers may take now. Nothing is decided by asking: a worker proposes PENDING
 * for what it takes, and whoever comes second is turned away. Rows that another poller looks at in
 * the same moment, or that are being changed, are left out; a short answer is a right one.
 */
public final class DueRunQueries {
  /**
   * For each queue the first runs up to the slots it has left, then for the pool the first of those
   * up to the slots that it has left. The bounds are given once, at the top.
   */
  private static final String OF_POOL =
      """
      WITH bounds AS (
          SELECT ?::uuid AS pool_id, ?::uuid[] AS queue_ids,
                 coalesce(?::timestamptz, '-infinity') AS after,
                 coalesce(?::timestamptz, 'infinity') AS before,
                 ?::integer AS most),
      due AS MATERIALIZED (
          SELECT taken.* FROM bounds
          JOIN work_pool p ON p.id = bounds.pool_id AND NOT p.is_paused
          CROSS JOIN LATERAL (
              SELECT CASE WHEN p.concurrency_limit IS NULL THEN bounds.most
                  ELSE least(bounds.most, greatest(0, p.concurrency_limit - (
                      SELECT count(*) FROM work_queue q
                      JOIN flow_run busy ON busy.work_queue_id = q.id
                          AND busy.state_type IN ('PENDING', 'RUNNING')
                      WHERE q.work_pool_id = p.id AND NOT q.is_paused))) END AS left_over) AS pool
          CROSS JOIN LATERAL (
              SELECT q.priority, waiting.id, waiting.next_scheduled_start_time
              FROM work_queue q
              CROSS JOIN LATERAL (
                  SELECT CASE WHEN q.concurrency_limit IS NULL THEN pool.left_over
                      ELSE least(pool.left_over, greatest(0, q.concurrency_limit - (
                          SELECT count(*) FROM flow_run busy WHERE busy.work_queue_id = q.id
                            AND busy.state_type IN ('PENDING', 'RUNNING')))) END AS left_over
                  ) AS queue
              CROSS JOIN LATERAL (
                  SELECT r.id, r.next_scheduled_start_time FROM flow_run r
                  WHERE r.work_queue_id = q.id AND r.state_type = 'SCHEDULED'
                    AND r.next_scheduled_start_time >= bounds.after
                    AND r.next_scheduled_start_time <= bounds.before
                    AND r.empirical_policy ->> 'retry_type' IS DISTINCT FROM 'in_process'
                  ORDER BY r.next_scheduled_start_time LIMIT queue.left_over
                  FOR NO KEY UPDATE SKIP LOCKED) AS waiting
              WHERE q.work_pool_id = p.id AND NOT q.is_paused
                AND (bounds.queue_ids IS NULL OR q.id = ANY (bounds.queue_ids))
              ORDER BY q.priority, waiting.next_scheduled_start_time
              LIMIT pool.left_over) AS taken)
      SELECT"""
          + " "
          + FlowRunView.COLUMNS
          + ", flow_run.work_queue_name FROM due JOIN flow_run ON flow_run.id = due.id "
          + FlowRunView.JOINS
          + " ORDER BY due.priority, due.next_scheduled_start_time";

  /** As old agents ask: runs that are being cancelled take slots as well. */
  private static final String OF_QUEUE =
      """
      WITH bounds AS (
          SELECT ?::uuid AS queue_id, coalesce(?::timestamptz, 'infinity') AS before,
                 ?::integer AS most),
      due AS MATERIALIZED (
          SELECT waiting.* FROM bounds
          JOIN work_queue q ON q.id = bounds.queue_id AND NOT q.is_paused
          CROSS JOIN LATERAL (
              SELECT CASE WHEN q.concurrency_limit IS NULL THEN bounds.most
                  ELSE least(bounds.most, greatest(0, q.concurrency_limit - (
                      SELECT count(*) FROM flow_run busy
                      WHERE busy.state_type IN ('PENDING', 'RUNNING', 'CANCELLING')
                        AND (busy.work_queue_id = q.id
                          OR (busy.work_queue_id IS NULL AND busy.work_queue_name = q.name)))))
                  END AS left_over) AS queue
          CROSS JOIN LATERAL (
              SELECT * FROM (
                  SELECT r.id, r.next_scheduled_start_time FROM flow_run r
                  WHERE r.work_queue_id = q.id AND r.state_type = 'SCHEDULED'
                    AND r.next_scheduled_start_time <= bounds.before
                  ORDER BY r.next_scheduled_start_time LIMIT queue.left_over
                  FOR NO KEY UPDATE SKIP LOCKED) AS own
              UNION ALL
              SELECT * FROM (
                  SELECT r.id, r.next_scheduled_start_time FROM flow_run r
                  WHERE r.work_queue_id IS NULL AND r.work_queue_name = q.name
                    AND r.state_type = 'SCHEDULED'
                    AND r.next_scheduled_start_time <= bounds.before
                  ORDER BY r.next_scheduled_start_time LIMIT queue.left_over
                  FOR NO KEY UPDATE SKIP LOCKED) AS named
              ORDER BY next_scheduled_start_time LIMIT queue.left_over) AS waiting)
      SELECT"""
          + " "
          + FlowRunView.COLUMNS
          + " FROM due JOIN flow_run ON flow_run.id = due.id "
          + FlowRunView.JOINS
          + " ORDER BY due.next_scheduled_start_time, due.id";

  private final JdbcTemplate lookups;
  private final InstantSource clock;

  /**
   * Reads with estimates as of the clock.
   *
   * @param lookups connections that keep one plan for each statement
   */
  public DueRunQueries(DataSource lookups, InstantSource clock) {
    this.lookups = new JdbcTemplate(lookups);
    this.clock = clock;
  }

  /**
   * The next runs of a pool, by the priority of their queues and then by their time.
   *
   * @param workQueueIds null for all queues of the pool
   * @param after null for no bound
   * @param before null for no bound
   */
  public List<DueRunView> ofPool(
      UUID workPoolId,
      @Nullable List<UUID> workQueueIds,
      @Nullable Instant after,
      @Nullable Instant before,
      int limit) {
    Instant now = clock.instant();
    return lookups.query(
        OF_POOL,
        statement -> {
          statement.setObject(1, workPoolId);
          statement.setArray(
              2,
              workQueueIds == null
                  ? null
                  : statement.getConnection().createArrayOf("uuid", workQueueIds.toArray()));
          setTime(statement, 3, after);
          setTime(statement, 4, before);
          statement.setInt(5, limit);
        },
        (row, index) -> due(row, workPoolId, now));
  }

  private static DueRunView due(ResultSet row, UUID workPoolId, Instant now) throws SQLException {
    FlowRunView run = FlowRunView.read(row, now);
    UUID queueId = run.workQueueId();
    if (queueId == null) {
      throw new IllegalStateException("Flow run " + run.id() + " was found in no queue");
    }
    String ownQueueName = row.getString(FlowRunView.COLUMN_COUNT + 1);
    return new DueRunView(workPoolId, queueId, DueRunView.Run.of(run, ownQueueName));
  }

  /**
   * The next runs of one queue by their time.
   *
   * @param before null for no bound
   */
  public List<FlowRunView> ofQueue(UUID workQueueId, @Nullable Instant before, int limit) {
    Instant now = clock.instant();
    return lookups.query(
        OF_QUEUE,
        statement -> {
          statement.setObject(1, workQueueId);
          setTime(statement, 2, before);
          statement.setInt(3, limit);
        },
        (row, index) -> FlowRunView.read(row, now));
  }

  private static void setTime(PreparedStatement statement, int parameter, @Nullable Instant time)
      throws SQLException {
    statement.setObject(parameter, time == null ? null : time.atOffset(ZoneOffset.UTC));
  }
}
