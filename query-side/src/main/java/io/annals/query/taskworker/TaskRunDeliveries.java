package io.annals.query.taskworker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which scheduled background task run goes to which connection of a task worker. Every run that is
 * SCHEDULED and deferred waits here, whenever and wherever it was scheduled; a claim makes it one
 * connection's alone, on all nodes. A claim that is not acknowledged ends with its lease, or when
 * it is given back. The database's clock decides, which is the same for all nodes.
 *
 * <p>Prefect's queues are in memory and bounded; here a table is the queue, so nothing is dropped
 * and PREFECT_SERVER_TASKS_SCHEDULING_MAX_SCHEDULED_QUEUE_SIZE has nothing to bound.
 */
public final class TaskRunDeliveries {
  private static final double MILLIS_PER_SECOND = 1_000;

  /** How often a claim is tried again when another node was faster. */
  static final int CLAIM_ATTEMPTS = 5;

  /** Runs of task {@code wanted.task_key} that are nobody's, in the order they are sent. */
  private static final String WAITING =
      """
      FROM task_run run
      JOIN task_run_state state ON state.id = run.state_id
      LEFT JOIN task_run_delivery delivery
          ON delivery.task_run_id = run.id AND delivery.state_id = run.state_id
      WHERE run.task_key = wanted.task_key AND run.state_type = 'SCHEDULED'
          AND state.state_details->>'deferred' = 'true'
          AND (delivery.task_run_id IS NULL OR delivery.expiration <= clock_timestamp())
      """;

  private static final String WAITING_KEYS =
      "SELECT wanted.task_key FROM unnest(:keys::text[]) AS wanted (task_key) WHERE EXISTS (SELECT 1 "
          + WAITING
          + ")";

  private static final String CLAIM =
      """
      INSERT INTO task_run_delivery (task_run_id, state_id, connection_id, expiration)
      SELECT next.id, next.state_id, :connection, clock_timestamp() + make_interval(secs => :lease)
      FROM unnest(:keys::text[]) WITH ORDINALITY AS wanted (task_key, place)
      CROSS JOIN LATERAL (SELECT run.id, run.state_id
      """
          + WAITING
          + """
            ORDER BY (run.state_name <> 'AwaitingRetry'), run.state_timestamp, run.id LIMIT 1) next
          ORDER BY wanted.place LIMIT 1
          ON CONFLICT (task_run_id) DO UPDATE SET state_id = excluded.state_id,
              connection_id = excluded.connection_id, expiration = excluded.expiration
          WHERE task_run_delivery.state_id <> excluded.state_id
              OR task_run_delivery.expiration <= clock_timestamp()
          RETURNING task_run_id, state_id
          """;

  private static final String ACKNOWLEDGE =
      """
      UPDATE task_run_delivery SET expiration = NULL
      WHERE task_run_id = :run AND connection_id = :connection AND expiration IS NOT NULL
      """;

  private static final String GIVE_BACK =
      """
      UPDATE task_run_delivery SET expiration = clock_timestamp()
      WHERE connection_id = ANY (:connections::uuid[]) AND expiration IS NOT NULL
      """;

  private static final String FORGET =
      """
      DELETE FROM task_run_delivery delivery
      WHERE NOT EXISTS (SELECT 1 FROM task_run run
          WHERE run.id = delivery.task_run_id AND run.state_id = delivery.state_id)
      """;

  private final JdbcClient jdbc;
  private final Duration lease;

  /**
   * Keeps claims in one database.
   *
   * @param lease how long a claim lives that is neither acknowledged nor given back
   */
  public TaskRunDeliveries(DataSource database, Duration lease) {
    this.jdbc = JdbcClient.create(database);
    this.lease = lease;
  }

  /** A run that was claimed, and the state that it waits in. */
  public record Claim(UUID taskRunId, UUID stateId) {}

  /** Those of the keys whose tasks have runs that wait. */
  public Set<String> waitingKeys(Collection<String> taskKeys) {
    return Set.copyOf(
        jdbc.sql(WAITING_KEYS)
            .param("keys", taskKeys.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  /**
   * Makes a waiting run a connection's own: of the first key that has one, a retry if there is any,
   * or the run that waits longest.
   *
   * @param taskKeys distinct
   */
  public Optional<Claim> claim(UUID connectionId, List<String> taskKeys) {
    Optional<Claim> claim = tryToClaim(connectionId, taskKeys);
    for (int attempt = 1; claim.isEmpty() && attempt < CLAIM_ATTEMPTS; attempt++) {
      if (waitingKeys(taskKeys).isEmpty()) {
        break;
      }
      claim = tryToClaim(connectionId, taskKeys);
    }
    return claim;
  }

  private Optional<Claim> tryToClaim(UUID connectionId, List<String> taskKeys) {
    return jdbc.sql(CLAIM)
        .param("connection", connectionId)
        .param("lease", lease.toMillis() / MILLIS_PER_SECOND)
        .param("keys", taskKeys.toArray(String[]::new))
        .query(
            (row, index) -> new Claim(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
        .optional();
  }

  /**
   * Notes that a run has arrived, so that nobody else gets it.
   *
   * @return false when the claim had ended before
   */
  public boolean acknowledge(UUID connectionId, UUID taskRunId) {
    return jdbc.sql(ACKNOWLEDGE).param("run", taskRunId).param("connection", connectionId).update()
        > 0;
  }

  /** Ends the claims of connections that have not acknowledged. */
  public void giveBack(Collection<UUID> connectionIds) {
    jdbc.sql(GIVE_BACK)
        .param("connections", connectionIds.stream().map(UUID::toString).toArray(String[]::new))
        .update();
  }

  /** Forgets who got runs that are in that state no longer, or no longer there. */
  public void forgetFinished() {
    jdbc.sql(FORGET).update();
  }
}
