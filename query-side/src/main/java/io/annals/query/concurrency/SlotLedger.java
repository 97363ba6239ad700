package io.annals.query.concurrency;

import io.annals.query.concurrency.Taking.Full;
import io.annals.query.concurrency.Taking.Taken;
import io.annals.query.concurrency.Taking.TooMany;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Who holds slots of concurrency limits. Slots under a lease are held while the lease lives, so
 * that neither a restart nor a dead node can leak one. What is taken without a lease is counted.
 * The database's clock decides, which is the same for all nodes.
 */
public final class SlotLedger {
  /** Leases that are removed at a time. */
  static final int EXPIRED_AT_A_TIME = 100;

  private static final String ANY =
      "SELECT EXISTS (SELECT 1 FROM concurrency_limit WHERE {limits})";

  private static final String OPEN =
      """
      INSERT INTO concurrency_use (limit_id, updated)
      SELECT id, clock_timestamp() FROM concurrency_limit WHERE {limits} ON CONFLICT DO NOTHING
      """;

  /** In the order of their ids, so that two takers never wait for each other crosswise. */
  private static final String LOCK =
      """
      SELECT limit_id FROM concurrency_use
      WHERE limit_id IN (SELECT id FROM concurrency_limit WHERE {limits}) ORDER BY limit_id FOR UPDATE
      """;

  private static final String USES =
      """
      SELECT l.id, l.name, l.slot_limit, l.active, l.slot_decay_per_second,
             greatest(0, u.active_slots - floor(l.slot_decay_per_second
                 * extract(epoch FROM clock_timestamp() - u.updated)))::integer,
             CASE WHEN l.slot_decay_per_second > 0 THEN 0 ELSE coalesce((
                 SELECT sum(s.slots) FROM concurrency_slot s
                 JOIN concurrency_lease e ON e.id = s.lease_id
                 WHERE s.limit_id = l.id AND e.expiration > clock_timestamp()), 0) END::integer,
             greatest(0, u.denied_slots - floor(
                 CASE WHEN l.slot_decay_per_second > 0 THEN l.slot_decay_per_second
                      ELSE 1 / least(greatest(u.avg_slot_occupancy_seconds, :shortest),
                                     CASE WHEN starts_with(l.name, 'tag:') THEN :tagWait
                                          ELSE :wait END) END
                 * extract(epoch FROM clock_timestamp() - u.updated)))::integer,
             u.avg_slot_occupancy_seconds
      FROM concurrency_limit l JOIN concurrency_use u ON u.limit_id = l.id
      WHERE {limits} ORDER BY l.created
      """;

  private static final String STORE =
      """
      UPDATE concurrency_use SET active_slots = :counted, denied_slots = :denied,
          avg_slot_occupancy_seconds = :average, updated = clock_timestamp()
      WHERE limit_id = :id
      """;

  private static final String LEASE =
      """
      INSERT INTO concurrency_lease (id, created, expiration, holder)
      VALUES (:id, clock_timestamp(), clock_timestamp() + make_interval(secs => :seconds),
              :holder::json)
      """;

  private static final String HOLD =
      "INSERT INTO concurrency_slot (lease_id, limit_id, slots) VALUES (:lease, :limit, :slots)";

  private static final String RENEW =
      """
      UPDATE concurrency_lease SET expiration = clock_timestamp() + make_interval(secs => :seconds)
      WHERE id = :id AND expiration > clock_timestamp()
      """;

  private static final String END =
      """
      DELETE FROM concurrency_lease WHERE id = :id
      RETURNING extract(epoch FROM clock_timestamp() - created)::float8
      """;

  private static final String HELD =
      "SELECT limit_id, slots FROM concurrency_slot WHERE lease_id = :id ORDER BY limit_id";

  private static final String EXPIRED =
      "SELECT id FROM concurrency_lease WHERE expiration <= clock_timestamp() LIMIT :limit";

  private static final String HOLDER =
      """
      SELECT DISTINCT e.id FROM concurrency_lease e JOIN concurrency_slot s ON s.lease_id = e.id
      WHERE e.holder ->> 'id' = :holder AND e.expiration > clock_timestamp()
      """;

  private static final String HOLDERS =
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

  private static final String ORPHANS =
      """
      DELETE FROM concurrency_use u
      WHERE NOT EXISTS (SELECT 1 FROM concurrency_limit l WHERE l.id = u.limit_id)
      """;

  private static final String BY_NAME = "name IN (:keys)";
  private static final String BY_ID = "id IN (:keys)";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Supplier<UUID> ids;
  private final Waits waits;

  /**
   * The longest times to wait for a slot.
   *
   * @param ofTags for limits on tags
   * @param ofOthers for all other limits
   */
  public record Waits(Duration ofTags, Duration ofOthers) {}

  /**
   * Keeps the ledger in one database.
   *
   * @param ids makes the ids of leases
   */
  public SlotLedger(DataSource dataSource, Supplier<UUID> ids, Waits waits) {
    this.jdbc = JdbcClient.create(dataSource);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.ids = ids;
    this.waits = waits;
  }

  /**
   * A lease that is asked for.
   *
   * @param holder {@code type} and {@code id} of who holds it
   */
  public record Terms(Duration length, @Nullable JsonNode holder) {}

  /**
   * Takes slots of every limit that has one of the names, or of none. Names without a limit are
   * skipped, inactive limits give slots without end.
   *
   * @param lease null to have the slots counted until they are given back
   */
  public Taking take(Collection<String> names, int slots, @Nullable Terms lease) {
    return inTransaction(
        () -> {
          List<LimitUse> limits = locked(BY_NAME, names);
          List<LimitUse> enforced = limits.stream().filter(LimitUse::active).toList();
          if (enforced.stream().anyMatch(limit -> limit.limit() < slots)) {
            return new TooMany(limits);
          }
          if (!enforced.stream().allMatch(limit -> limit.hasRoomFor(slots))) {
            enforced.forEach(limit -> deny(limit, slots));
            return new Full(limits);
          }
          enforced.forEach(limit -> grant(limit, slots, lease != null));
          return new Taken(limits, lease == null ? null : hold(lease, enforced, slots));
        });
  }

  private void deny(LimitUse limit, int slots) {
    store(limit, limit.counted(), limit.denied() + slots, limit.averageOccupancySeconds());
  }

  private void grant(LimitUse limit, int slots, boolean leased) {
    int counted = leased && limit.decayPerSecond() == 0 ? 0 : slots;
    store(limit, limit.counted() + counted, limit.denied(), limit.averageOccupancySeconds());
  }

  private UUID hold(Terms lease, List<LimitUse> limits, int slots) {
    UUID id = ids.get();
    jdbc.sql(LEASE)
        .param("id", id)
        .param("seconds", lease.length().toMillis() / 1_000.0)
        .param("holder", lease.holder() == null ? null : lease.holder().toString())
        .update();
    for (LimitUse limit : limits) {
      jdbc.sql(HOLD).param("lease", id).param("limit", limit.id()).param("slots", slots).update();
    }
    return id;
  }

  /**
   * Gives back slots that were taken without a lease. Answers the limits of the names.
   *
   * @param occupancySeconds how long they were held, if known
   */
  public List<LimitUse> give(
      Collection<String> names, int slots, @Nullable Double occupancySeconds) {
    return inTransaction(
        () -> {
          List<LimitUse> limits = locked(BY_NAME, names);
          limits.stream()
              .filter(LimitUse::active)
              .forEach(limit -> giveBack(limit, slots, slots, occupancySeconds));
          return limits;
        });
  }

  private void giveBack(LimitUse limit, int counted, int slots, @Nullable Double occupancySeconds) {
    double average =
        occupancySeconds == null
            ? limit.averageOccupancySeconds()
            : limit.averageAfter(occupancySeconds, slots);
    store(limit, Math.max(0, limit.counted() - counted), limit.denied(), average);
  }

  /** Sets what is counted; slots that leases hold are part of the number given. */
  public void count(UUID limitId, @Nullable Integer activeSlots, @Nullable Integer deniedSlots) {
    inTransaction(
        () -> {
          for (LimitUse limit : locked(BY_ID, List.of(limitId))) {
            int counted =
                activeSlots == null ? limit.counted() : Math.max(0, activeSlots - limit.leased());
            int denied = deniedSlots == null ? limit.denied() : deniedSlots;
            store(limit, counted, denied, limit.averageOccupancySeconds());
          }
          return true;
        });
  }

  /** Extends a lease from now on; false when it has run out or never was. */
  public boolean renew(UUID leaseId, Duration length) {
    return jdbc.sql(RENEW)
            .param("id", leaseId)
            .param("seconds", length.toMillis() / 1_000.0)
            .update()
        > 0;
  }

  /** Ends a lease and frees its slots; false when it has been ended already. */
  public boolean release(UUID leaseId) {
    return inTransaction(() -> end(leaseId));
  }

  private record Held(UUID limitId, int slots) {}

  private boolean end(UUID leaseId) {
    Map<UUID, Integer> held =
        jdbc.sql(HELD).param("id", leaseId).query(Held.class).stream()
            .collect(Collectors.toMap(Held::limitId, Held::slots));
    List<LimitUse> limits = locked(BY_ID, held.keySet());
    Optional<Double> occupancy = jdbc.sql(END).param("id", leaseId).query(Double.class).optional();
    if (occupancy.isEmpty()) {
      return false;
    }
    for (LimitUse limit : limits) {
      int slots = held.getOrDefault(limit.id(), 0);
      giveBack(limit, limit.decayPerSecond() > 0 ? slots : 0, slots, occupancy.get());
    }
    return true;
  }

  /** Ends every lease of a holder. */
  public void releaseAllOf(UUID holder) {
    jdbc.sql(HOLDER)
        .param("holder", holder.toString())
        .query(SlotLedger::id)
        .list()
        .forEach(this::release);
  }

  /** The task runs that hold slots of a limit, the longest first. */
  public List<UUID> taskRunsHolding(UUID limitId) {
    return jdbc.sql(HOLDERS).param("limit", limitId).query(SlotLedger::id).list();
  }

  /** Ends every lease on a limit. */
  public void revoke(UUID limitId) {
    jdbc.sql(REVOKE).param("limit", limitId).update();
  }

  /** Removes what has run out and what belongs to limits that are gone; answers how many leases. */
  public int removeExpired() {
    List<UUID> expired =
        jdbc.sql(EXPIRED).param("limit", EXPIRED_AT_A_TIME).query(SlotLedger::id).list();
    expired.forEach(this::release);
    jdbc.sql(ORPHANS).update();
    return expired.size();
  }

  /** The limits as they are used, which nobody else can change until the transaction ends. */
  private List<LimitUse> locked(String condition, Collection<?> keys) {
    if (keys.isEmpty()
        || !jdbc.sql(of(ANY, condition)).param("keys", keys).query(Boolean.class).single()) {
      return List.of();
    }
    jdbc.sql(of(OPEN, condition)).param("keys", keys).update();
    jdbc.sql(of(LOCK, condition)).param("keys", keys).query(SlotLedger::id).list();
    return jdbc.sql(of(USES, "l." + condition))
        .param("keys", keys)
        .param("shortest", LimitUse.SHORTEST_OCCUPANCY)
        .param("tagWait", seconds(waits.ofTags()))
        .param("wait", seconds(waits.ofOthers()))
        .query(
            (row, index) ->
                new LimitUse(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    row.getInt(3),
                    row.getBoolean(4),
                    row.getDouble(5),
                    row.getInt(6),
                    row.getInt(7),
                    row.getInt(8),
                    row.getDouble(9)))
        .list();
  }

  /** A statement about the limits that a condition names. */
  private static String of(String sql, String condition) {
    return sql.replace("{limits}", condition);
  }

  /** A wait of zero would divide by zero. */
  private static double seconds(Duration wait) {
    return Math.max(LimitUse.SHORTEST_OCCUPANCY, wait.toMillis() / 1_000.0);
  }

  private void store(LimitUse limit, int counted, int denied, double average) {
    jdbc.sql(STORE)
        .param("id", limit.id())
        .param("counted", counted)
        .param("denied", denied)
        .param("average", average)
        .update();
  }

  private static UUID id(ResultSet row, int index) throws SQLException {
    return row.getObject(1, UUID.class);
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }
}
