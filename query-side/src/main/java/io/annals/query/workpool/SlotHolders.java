package io.annals.query.workpool;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads which runs are under way in pools and queues. */
public final class SlotHolders {
  /** Old agents also count runs that are being cancelled, and runs that only name their queue. */
  private static final String OF_QUEUE =
      """
      (work_queue_id = ? OR (work_queue_id IS NULL AND work_queue_name = ?))
      AND state_type IN ('PENDING', 'RUNNING', 'CANCELLING')\
      """;

  private static final String PAGE = "SELECT " + SlotHolderView.COLUMNS + " FROM flow_run WHERE %s";
  private static final String COUNT = "SELECT count(*) FROM flow_run WHERE %s";

  private static final String COUNTS_OF_POOL =
      """
      SELECT flow_run.work_queue_id, count(*) FROM work_queue
      JOIN flow_run ON flow_run.work_queue_id = work_queue.id
          AND flow_run.state_type IN ('PENDING', 'RUNNING')
      WHERE %s GROUP BY flow_run.work_queue_id\
      """;

  private static final String FIRST_OF_QUEUES =
      "SELECT "
          + SlotHolderView.COLUMNS
          + ", work_queue_id FROM (SELECT "
          + SlotHolderView.COLUMNS
          + """
          , work_queue_id, row_number() OVER (PARTITION BY work_queue_id ORDER BY id) AS place
          FROM flow_run WHERE state_type IN ('PENDING', 'RUNNING') AND %s) AS holder
          WHERE place <= ? ORDER BY id\
          """;

  private final Database database;
  private final InstantSource clock;

  /** Reads as of the clock. */
  public SlotHolders(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** How many runs are under way in the queues of a pool that have any. */
  public Map<UUID, Long> countsOfPool(UUID workPoolId) {
    Map<UUID, Long> counts = new HashMap<>();
    database.list(
        COUNTS_OF_POOL,
        Where.all().and("work_queue.work_pool_id = ?", workPoolId),
        (row, index) -> counts.put(row.getObject(1, UUID.class), row.getLong(2)));
    return counts;
  }

  /** The first runs that are under way in each of some queues. */
  public Map<UUID, List<SlotHolderView>> ofQueues(List<UUID> workQueueIds, int limitPerQueue) {
    Instant now = clock.instant();
    Where where = Where.all().anyId("work_queue_id", workQueueIds);
    Map<UUID, List<SlotHolderView>> holders = new HashMap<>();
    database
        .jdbc()
        .query(
            FIRST_OF_QUEUES.formatted(where.sql()),
            statement -> statement.setInt(where.bind(statement, 1), limitPerQueue),
            (row, index) ->
                holders
                    .computeIfAbsent(row.getObject(7, UUID.class), _ -> new ArrayList<>())
                    .add(SlotHolderView.read(row, now)));
    return holders;
  }

  /** One page of the runs that are under way in a queue, as old agents count them. */
  public List<SlotHolderView> page(WorkQueueView queue, int limit, long offset) {
    Instant now = clock.instant();
    return database.page(
        PAGE, ofQueue(queue), "id", limit, offset, (row, index) -> SlotHolderView.read(row, now));
  }

  /** How many those are. */
  public long count(WorkQueueView queue) {
    return database.count(COUNT, ofQueue(queue));
  }

  private static Where ofQueue(WorkQueueView queue) {
    return Where.all().and(OF_QUEUE, queue.id(), queue.name());
  }
}
