package io.annals.query.workpool;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads work queues. */
public final class WorkQueueQueries {
  private static final String FROM =
      """
       FROM work_queue JOIN work_pool ON work_pool.id = work_queue.work_pool_id
      LEFT JOIN work_queue_poll ON work_queue_poll.work_queue_id = work_queue.id
      WHERE %s\
      """;

  private static final String OF_POOLS = "SELECT " + WorkQueueView.COLUMNS_FOR_WORKERS + FROM;
  private static final String ALONE = "SELECT " + WorkQueueView.COLUMNS_FOR_AGENTS + FROM;
  private static final String COUNT = "SELECT count(*) FROM work_queue WHERE %s";

  private static final String LATE_RUNS =
      """
      SELECT count(*) FROM flow_run
      WHERE state_type = 'SCHEDULED' AND state_name = 'Late' AND %s\
      """;

  private final Database database;

  /** Reads from one database. */
  public WorkQueueQueries(Database database) {
    this.database = database;
  }

  /** One queue. */
  public Optional<WorkQueueView> byId(UUID workQueueId) {
    return database.lookup(
        ALONE, Where.all().and("work_queue.id = ?", workQueueId), WorkQueueView::read);
  }

  /** A queue by the names of its pool and its own. */
  public Optional<WorkQueueView> byNames(String workPoolName, String name) {
    return database.lookup(OF_POOLS, named(workPoolName, name), WorkQueueView::read);
  }

  /** The same as old agents look at it. */
  public Optional<WorkQueueView> byNamesForAgents(String workPoolName, String name) {
    return database.lookup(ALONE, named(workPoolName, name), WorkQueueView::read);
  }

  private static Where named(String workPoolName, String name) {
    return Where.all().and("work_pool.name = ?", workPoolName).and("work_queue.name = ?", name);
  }

  /** All queues of a pool by priority. */
  public List<WorkQueueView> ofPool(UUID workPoolId) {
    return database.lookupAll(
        OF_POOLS + " ORDER BY work_queue.priority",
        Where.all().and("work_queue.work_pool_id = ?", workPoolId),
        WorkQueueView::read);
  }

  /** One page of the queues of a pool by priority. */
  public List<WorkQueueView> page(
      UUID workPoolId, @Nullable WorkQueueFilter filter, int limit, long offset) {
    Where where = Where.all().and("work_queue.work_pool_id = ?", workPoolId).and(where(filter));
    return database.page(
        OF_POOLS, where, "work_queue.priority", limit, offset, WorkQueueView::read);
  }

  /** One page of the queues of all pools by name. */
  public List<WorkQueueView> page(@Nullable WorkQueueFilter filter, int limit, long offset) {
    return database.page(
        ALONE, where(filter), "work_queue.name, work_queue.id", limit, offset, WorkQueueView::read);
  }

  /** How many queues a pool has. */
  public long count(UUID workPoolId) {
    return database.count(COUNT, Where.all().and("work_pool_id = ?", workPoolId));
  }

  /** How many runs of a queue should have begun by now. */
  public long lateRuns(UUID workQueueId) {
    return database.count(LATE_RUNS, Where.all().and("work_queue_id = ?", workQueueId));
  }

  private static Where where(@Nullable WorkQueueFilter filter) {
    return filter == null ? Where.all() : filter.where();
  }
}
