package io.annals.query.workpool;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who works for the pools. Heartbeats are telemetry: written in place, the last one counts, and
 * nothing is decided from their history.
 */
public final class Workers {
  private static final String HEARTBEAT =
      """
      INSERT INTO worker (id, created, updated, work_pool_id, name, last_heartbeat_time,
          heartbeat_interval_seconds, status)
      VALUES (:id, :now, :now, :pool, :name, :now, :interval, 'ONLINE')
      ON CONFLICT (work_pool_id, name) DO UPDATE SET updated = excluded.updated,
          last_heartbeat_time = excluded.last_heartbeat_time, status = excluded.status,
          heartbeat_interval_seconds = coalesce(
              excluded.heartbeat_interval_seconds, worker.heartbeat_interval_seconds)
      """;

  private static final String PAGE = "SELECT " + WorkerView.COLUMNS + " FROM worker WHERE %s";

  private static final String ANY_ONLINE =
      "SELECT EXISTS (SELECT 1 FROM worker WHERE work_pool_id = :pool AND status = 'ONLINE')";

  private static final String DELETE =
      "DELETE FROM worker WHERE work_pool_id = :pool AND name = :name";

  private static final String MARK_OFFLINE =
      """
      UPDATE worker SET status = 'OFFLINE', updated = :now
      WHERE status = 'ONLINE' AND last_heartbeat_time < :now - make_interval(
          secs => coalesce(heartbeat_interval_seconds, :fallback) * :multiple)
      """;

  private static final String ABANDONED_POOLS =
      """
      SELECT id FROM work_pool WHERE status = 'READY' AND NOT EXISTS (
          SELECT 1 FROM worker
          WHERE worker.work_pool_id = work_pool.id AND worker.status = 'ONLINE')
      """;

  private static final String FORGET =
      "DELETE FROM worker WHERE NOT EXISTS (SELECT 1 FROM work_pool WHERE id = work_pool_id)";

  private final Database database;
  private final JdbcClient jdbc;
  private final Supplier<UUID> ids;

  /**
   * Reads and writes in one database.
   *
   * @param lookups connections that keep one plan for each statement
   */
  public Workers(Database database, DataSource lookups, Supplier<UUID> ids) {
    this.database = database;
    this.jdbc = JdbcClient.create(lookups);
    this.ids = ids;
  }

  /**
   * A worker is there.
   *
   * @param intervalSeconds when it will tell so again; null for what it said before
   */
  public void heartbeat(
      UUID workPoolId, String name, @Nullable Integer intervalSeconds, Instant now) {
    jdbc.sql(HEARTBEAT)
        .param("id", ids.get())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("pool", workPoolId)
        .param("name", name)
        .param("interval", intervalSeconds)
        .update();
  }

  /** One page of a pool's workers, the latest heartbeat first. */
  public List<WorkerView> page(
      UUID workPoolId, @Nullable WorkerFilter filter, int limit, long offset) {
    Where where = Where.all().and("work_pool_id = ?", workPoolId);
    if (filter != null) {
      where.and(filter.where());
    }
    return database.page(PAGE, where, "last_heartbeat_time DESC", limit, offset, WorkerView::read);
  }

  /** Whether some worker of a pool is online. */
  public boolean anyOnline(UUID workPoolId) {
    return jdbc.sql(ANY_ONLINE).param("pool", workPoolId).query(Boolean.class).single();
  }

  /** Forgets a worker; answers whether it was known. */
  public boolean delete(UUID workPoolId, String name) {
    return jdbc.sql(DELETE).param("pool", workPoolId).param("name", name).update() > 0;
  }

  /**
   * Marks those workers that have missed several heartbeats.
   *
   * @param fallback the interval of workers that did not tell theirs
   * @return how many there were
   */
  public int markOffline(int missedIntervals, Duration fallback, Instant now) {
    return jdbc.sql(MARK_OFFLINE)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("fallback", fallback.toSeconds())
        .param("multiple", missedIntervals)
        .update();
  }

  /** Ready pools without an online worker. */
  public List<UUID> abandonedPools() {
    return jdbc.sql(ABANDONED_POOLS).query((row, index) -> row.getObject(1, UUID.class)).list();
  }

  /** Forgets the workers of pools that are gone; answers how many there were. */
  public int forgetThoseOfDeletedPools() {
    return jdbc.sql(FORGET).update();
  }
}
