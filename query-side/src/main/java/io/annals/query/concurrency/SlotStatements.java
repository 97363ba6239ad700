package io.annals.query.concurrency;

import io.annals.query.concurrency.SlotLedger.Waits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of the ledger: what is read under which lock, and what is written. */
final class SlotStatements {
  private static final double MILLIS_PER_SECOND = 1_000;

  /** How limits are named. */
  enum By {
    NAME("l.name = ANY (:keys::text[])"),
    ID("l.id = ANY (:keys::uuid[])"),
    LEASE("l.id IN (SELECT limit_id FROM concurrency_slot WHERE lease_id = ANY (:keys::uuid[]))");

    private final String condition;

    By(String condition) {
      this.condition = condition;
    }

    String in(String sql) {
      return sql.replace("{limits}", condition);
    }
  }

  /** In one order, so that two takers of several limits never wait for each other crosswise. */
  private static final String LOCK =
      """
      SELECT pg_advisory_xact_lock(key) FROM (
          SELECT hashtextextended(l.id::text, 0) AS key FROM concurrency_limit l WHERE {limits}
          ORDER BY key) AS ordered
      """;

  /** A statement of its own after the lock: it has to see what others wrote before they let go. */
  private static final String USES =
      """
      SELECT l.id, l.name, l.slot_limit, l.active, l.slot_decay_per_second,
             greatest(0, coalesce(u.active_slots, 0) - floor(coalesce(l.slot_decay_per_second
                 * extract(epoch FROM clock_timestamp() - u.updated), 0)))::integer,
             CASE WHEN l.slot_decay_per_second > 0 THEN 0 ELSE coalesce((
                 SELECT sum(s.slots) FROM concurrency_slot s
                 JOIN concurrency_lease e ON e.id = s.lease_id
                 WHERE s.limit_id = l.id AND e.expiration > clock_timestamp()), 0) END::integer,
             greatest(0, coalesce(u.denied_slots, 0) - floor(coalesce(
                 CASE WHEN l.slot_decay_per_second > 0 THEN l.slot_decay_per_second
                      ELSE 1 / least(greatest(u.avg_slot_occupancy_seconds, :shortest),
                                     CASE WHEN starts_with(l.name, 'tag:') THEN :tagWait
                                          ELSE :wait END) END
                 * extract(epoch FROM clock_timestamp() - u.updated), 0)))::integer,
             coalesce(u.avg_slot_occupancy_seconds, 2.0)
      FROM concurrency_limit l LEFT JOIN concurrency_use u ON u.limit_id = l.id
      WHERE {limits} ORDER BY l.created, l.id
      """;

  private static final String STORE =
      """
      INSERT INTO concurrency_use
          (limit_id, active_slots, denied_slots, avg_slot_occupancy_seconds, updated)
      SELECT u.limit_id, u.counted, u.denied, u.average, clock_timestamp()
      FROM unnest(:ids::uuid[], :counted::integer[], :denied::integer[], :averages::float8[])
          AS u (limit_id, counted, denied, average)
      ON CONFLICT (limit_id) DO UPDATE SET active_slots = excluded.active_slots,
          denied_slots = excluded.denied_slots,
          avg_slot_occupancy_seconds = excluded.avg_slot_occupancy_seconds,
          updated = excluded.updated
      """;

  private static final String HOLD =
      """
      WITH lease AS (
          INSERT INTO concurrency_lease (id, created, expiration, holder)
          VALUES (:id, clock_timestamp(), clock_timestamp() + make_interval(secs => :seconds),
                  CASE WHEN :holderType::text IS NOT NULL THEN
                      json_build_object('type', :holderType::text, 'id', :holderId::text) END)
          RETURNING id)
      INSERT INTO concurrency_slot (lease_id, limit_id, slots)
      SELECT lease.id, limits.id, :slots FROM lease, unnest(:limits::uuid[]) AS limits (id)
      """;

  private static final String RENEW =
      """
      UPDATE concurrency_lease SET expiration = clock_timestamp() + make_interval(secs => :seconds)
      WHERE id = :id AND expiration > clock_timestamp()
      """;

  private static final String KEEP =
      """
      UPDATE concurrency_lease SET expiration = clock_timestamp() + make_interval(secs => :seconds),
          holder = json_build_object('type', :holderType::text, 'id', :holderId::text)
      WHERE id = :id AND expiration > clock_timestamp()
      """;

  /** Its slots go with the lease. */
  private static final String END =
      """
      WITH ended AS (DELETE FROM concurrency_lease WHERE id = :id RETURNING id, created)
      SELECT ended.id, s.limit_id, s.slots,
             extract(epoch FROM clock_timestamp() - ended.created)::float8 AS seconds
      FROM ended LEFT JOIN concurrency_slot s ON s.lease_id = ended.id
      """;

  private static final String EXPIRED =
      """
      SELECT id FROM concurrency_lease WHERE expiration <= clock_timestamp()
      ORDER BY expiration LIMIT :limit
      """;

  /**
   * Looked at after a while only: a run is stored a moment after it has taken its slots, and a task
   * run perhaps long after. The state of a flow run that has ended still names the lease; one that
   * was forced upon a run that is under way may name none.
   */
  private static final String LEFT_BEHIND =
      """
      SELECT e.id FROM concurrency_lease e
      WHERE e.holder IS NOT NULL
        AND CASE e.holder ->> 'type'
            WHEN 'task_run' THEN
                e.created < clock_timestamp() - make_interval(secs => :settled)
                AND e.expiration > clock_timestamp() + make_interval(secs => :longestOfClients)
                AND coalesce(
                    (SELECT coalesce(r.state_type, '')
                            IN ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED')
                     FROM task_run r WHERE r.id = (e.holder ->> 'id')::uuid),
                    e.created < clock_timestamp() - make_interval(secs => :unreported))
            WHEN 'flow_run_state' THEN
                e.created < clock_timestamp() - make_interval(secs => :stored)
                AND NOT EXISTS (
                SELECT 1 FROM flow_run r LEFT JOIN flow_run_state s ON s.id = r.state_id
                WHERE r.id = (e.holder ->> 'id')::uuid
                AND (r.state_type IN ('PENDING', 'RUNNING', 'CANCELLING')
                     OR r.state_name = 'AwaitingRetry')
                AND e.id::text = coalesce(
                    s.state_details ->> 'deployment_concurrency_lease_id', e.id::text))
            ELSE false END
      ORDER BY e.created LIMIT :limit
      """;

  private static final String OF_HOLDER =
      """
      SELECT e.id FROM concurrency_lease e
      WHERE e.holder ->> 'id' = :holder AND e.holder IS NOT NULL AND EXISTS (
          SELECT 1 FROM concurrency_slot s JOIN concurrency_limit l ON l.id = s.limit_id
          WHERE s.lease_id = e.id AND l.name = ANY (:names::text[]))
      """;

  private static final String LIMITS_OF_HOLDER =
      """
      SELECT s.limit_id FROM concurrency_slot s JOIN concurrency_lease e ON e.id = s.lease_id
      WHERE e.holder ->> 'id' = :holder AND e.expiration > clock_timestamp()
      """;

  private static final String TASK_RUNS_HOLDING =
      """
      SELECT (e.holder ->> 'id')::uuid FROM concurrency_slot s
      JOIN concurrency_lease e ON e.id = s.lease_id
      WHERE s.limit_id = :limit AND e.expiration > clock_timestamp()
        AND e.holder ->> 'type' = 'task_run' ORDER BY e.created
      """;

  private static final String REVOKE =
      """
      DELETE FROM concurrency_lease
      WHERE id IN (SELECT lease_id FROM concurrency_slot WHERE limit_id = :limit)
      """;

  private static final String FORGET =
      """
      DELETE FROM concurrency_use u
      WHERE NOT EXISTS (SELECT 1 FROM concurrency_limit l WHERE l.id = u.limit_id)
      """;

  private final JdbcClient jdbc;
  private final Waits waits;

  SlotStatements(JdbcClient jdbc, Waits waits) {
    this.jdbc = jdbc;
    this.waits = waits;
  }

  /** The limits as they are used, which nobody else can change until the transaction ends. */
  List<LimitUse> locked(By by, Collection<?> keys) {
    return lock(by, keys) ? read(by, keys) : List.of();
  }

  /** Whether there are such limits, each locked until the transaction ends. */
  boolean lock(By by, Collection<?> keys) {
    return !keys.isEmpty()
        && !jdbc.sql(by.in(LOCK))
            .param("keys", array(keys))
            .query((row, index) -> index)
            .list()
            .isEmpty();
  }

  /** The limits as they are used. */
  List<LimitUse> read(By by, Collection<?> keys) {
    return jdbc.sql(by.in(USES))
        .param("keys", array(keys))
        .param("shortest", LimitUse.SHORTEST_OCCUPANCY)
        .param("tagWait", atLeastShortest(waits.ofTags()))
        .param("wait", atLeastShortest(waits.ofOthers()))
        .query(SlotStatements::use)
        .list();
  }

  private static LimitUse use(ResultSet row, int index) throws SQLException {
    return new LimitUse(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getInt(3),
        row.getBoolean(4),
        row.getDouble(5),
        row.getInt(6),
        row.getInt(7),
        row.getInt(8),
        row.getDouble(9));
  }

  /** Writes what is counted, denied and averaged. */
  void store(List<LimitUse> uses) {
    if (uses.isEmpty()) {
      return;
    }
    jdbc.sql(STORE)
        .param("ids", array(uses.stream().map(LimitUse::id).toList()))
        .param("counted", integers(uses, LimitUse::counted))
        .param("denied", integers(uses, LimitUse::denied))
        .param("averages", doubles(uses, LimitUse::averageOccupancySeconds))
        .update();
  }

  void hold(UUID leaseId, Lease lease, List<LimitUse> limits, int slots) {
    Lease.Holder holder = lease.holder();
    jdbc.sql(HOLD)
        .param("id", leaseId)
        .param("seconds", seconds(lease.length()))
        .param("holderType", holder == null ? null : holder.type())
        .param("holderId", holder == null ? null : holder.id().toString())
        .param("limits", array(limits.stream().map(LimitUse::id).toList()))
        .param("slots", slots)
        .update();
  }

  boolean renew(UUID leaseId, Duration length) {
    return jdbc.sql(RENEW).param("id", leaseId).param("seconds", seconds(length)).update() > 0;
  }

  boolean keep(UUID leaseId, Lease.Holder holder) {
    return jdbc.sql(KEEP)
            .param("id", leaseId)
            .param("seconds", seconds(Lease.UNTIL_THE_HOLDER_ENDS))
            .param("holderType", holder.type())
            .param("holderId", holder.id().toString())
            .update()
        > 0;
  }

  /**
   * Slots that a lease has held.
   *
   * @param limitId null when it held none
   */
  record Held(Optional<UUID> limitId, int slots, double seconds) {}

  /** Ends a lease; empty when there is none. */
  List<Held> end(UUID leaseId) {
    return jdbc.sql(END)
        .param("id", leaseId)
        .query(
            (row, index) ->
                new Held(
                    Optional.ofNullable(row.getObject(2, UUID.class)),
                    row.getInt(3),
                    row.getDouble(4)))
        .list();
  }

  List<UUID> expired(int limit) {
    return jdbc.sql(EXPIRED).param("limit", limit).query(SlotStatements::id).list();
  }

  List<UUID> leftBehind(int limit) {
    return jdbc.sql(LEFT_BEHIND)
        .param("longestOfClients", seconds(Lease.LONGEST_OF_CLIENTS))
        .param("stored", seconds(SlotLedger.STORED))
        .param("settled", seconds(SlotLedger.SETTLED))
        .param("unreported", seconds(SlotLedger.UNREPORTED))
        .param("limit", limit)
        .query(SlotStatements::id)
        .list();
  }

  List<UUID> leasesOf(UUID holderId, Collection<String> names) {
    return jdbc.sql(OF_HOLDER)
        .param("holder", holderId.toString())
        .param("names", array(names))
        .query(SlotStatements::id)
        .list();
  }

  /** Read under the limits' locks: what one taker has, another taker for the same holder sees. */
  List<UUID> limitsOfLeasesOf(UUID holderId) {
    return jdbc.sql(LIMITS_OF_HOLDER)
        .param("holder", holderId.toString())
        .query(SlotStatements::id)
        .list();
  }

  List<UUID> taskRunsHolding(UUID limitId) {
    return jdbc.sql(TASK_RUNS_HOLDING).param("limit", limitId).query(SlotStatements::id).list();
  }

  void revoke(UUID limitId) {
    jdbc.sql(REVOKE).param("limit", limitId).update();
  }

  void forgetDeletedLimits() {
    jdbc.sql(FORGET).update();
  }

  /** A wait of zero would divide by zero. */
  private static double atLeastShortest(Duration wait) {
    return Math.max(LimitUse.SHORTEST_OCCUPANCY, seconds(wait));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS_PER_SECOND;
  }

  private static String[] array(Collection<?> keys) {
    return keys.stream().map(Object::toString).toArray(String[]::new);
  }

  private static int[] integers(List<LimitUse> uses, ToIntFunction<LimitUse> value) {
    return uses.stream().mapToInt(value).toArray();
  }

  private static double[] doubles(List<LimitUse> uses, ToDoubleFunction<LimitUse> value) {
    return uses.stream().mapToDouble(value).toArray();
  }

  private static UUID id(ResultSet row, int index) throws SQLException {
    return row.getObject(1, UUID.class);
  }
}
