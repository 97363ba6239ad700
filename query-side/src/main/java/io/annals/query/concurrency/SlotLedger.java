package io.annals.query.concurrency;

import io.annals.query.concurrency.SlotStatements.By;
import io.annals.query.concurrency.SlotStatements.Held;
import io.annals.query.concurrency.Taking.Full;
import io.annals.query.concurrency.Taking.Taken;
import io.annals.query.concurrency.Taking.TooMany;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who holds slots of concurrency limits. Slots under a lease are held while the lease lives, so
 * that neither a restart nor a dead node can leak one. What is taken without a lease is counted.
 * The database's clock decides, which is the same for all nodes.
 *
 * <p>A lease on free slots costs four round trips, one more for a holder that may have some, and
 * giving it back five; names without a limit cost two.
 */
public final class SlotLedger {
  /** Leases that are removed at a time. */
  static final int REMOVED_AT_A_TIME = 100;

  /**
   * The state of a flow run is stored by the node that took the slot for it: one that does not name
   * its lease after so long never will.
   */
  static final Duration STORED = Duration.ofSeconds(30);

  /** What a task run is known as comes from its client, perhaps some time after the lease. */
  static final Duration SETTLED = Duration.ofMinutes(5);

  /**
   * Clients that orchestrate their task runs themselves take slots at once, and report the run when
   * they get to it: only after this long is a task run that nobody knows taken for one that is
   * gone.
   */
  static final Duration UNREPORTED = Duration.ofHours(12);

  private final SlotStatements statements;
  private final TransactionTemplate transaction;
  private final Supplier<UUID> ids;

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
    this.statements = new SlotStatements(JdbcClient.create(dataSource), waits);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.ids = ids;
  }

  /**
   * Takes slots of every limit that has one of the names, or of none. Names without a limit are
   * skipped, inactive limits give slots without end.
   *
   * @param lease null to have the slots counted until they are given back
   */
  public Taking take(Collection<String> names, int slots, @Nullable Lease lease) {
    return inTransaction(() -> take(statements.locked(By.NAME, names), slots, lease));
  }

  /**
   * Takes a slot for a holder of every limit that is enforced, has one of the names and has given
   * the holder none yet; or of none. Where there is none to take there is no lease.
   */
  public Taking takeWhatIsMissing(Collection<String> names, Duration length, Lease.Holder holder) {
    return inTransaction(
        () -> {
          List<LimitUse> limits = statements.locked(By.NAME, names);
          List<LimitUse> enforced = limits.stream().filter(LimitUse::active).toList();
          if (enforced.stream().anyMatch(limit -> limit.limit() < 1)) {
            return new TooMany(limits);
          }
          List<UUID> held =
              enforced.isEmpty() ? List.of() : statements.limitsOfLeasesOf(holder.id());
          List<LimitUse> missing =
              enforced.stream().filter(limit -> !held.contains(limit.id())).toList();
          return missing.isEmpty()
              ? new Taken(limits, null)
              : take(missing, 1, new Lease(length, holder));
        });
  }

  /** Takes one slot of one limit. */
  public Taking takeOne(UUID limitId, Lease lease) {
    return inTransaction(() -> take(statements.locked(By.ID, List.of(limitId)), 1, lease));
  }

  private Taking take(List<LimitUse> limits, int slots, @Nullable Lease lease) {
    List<LimitUse> enforced = limits.stream().filter(LimitUse::active).toList();
    if (enforced.stream().anyMatch(limit -> limit.limit() < slots)) {
      return new TooMany(limits);
    }
    if (!enforced.stream().allMatch(limit -> limit.hasRoomFor(slots))) {
      store(enforced, limit -> limit.denying(slots));
      return new Full(limits);
    }
    store(enforced, limit -> limit.granting(slots, lease != null));
    return new Taken(limits, lease == null ? null : hold(lease, enforced, slots));
  }

  private UUID hold(Lease lease, List<LimitUse> limits, int slots) {
    UUID id = ids.get();
    statements.hold(id, lease, limits, slots);
    return id;
  }

  /** Writes what a change makes of the limits, where that differs in what is written down. */
  private void store(List<LimitUse> limits, UnaryOperator<LimitUse> change) {
    List<LimitUse> changed = new ArrayList<>();
    for (LimitUse before : limits) {
      LimitUse after = change.apply(before);
      if (!isSameRow(before, after)) {
        changed.add(after);
      }
    }
    statements.store(changed);
  }

  private static boolean isSameRow(LimitUse before, LimitUse after) {
    return before.counted() == after.counted()
        && before.denied() == after.denied()
        && before.averageOccupancySeconds() == after.averageOccupancySeconds();
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
          List<LimitUse> limits = statements.locked(By.NAME, names);
          store(
              limits.stream().filter(LimitUse::active).toList(),
              limit -> {
                LimitUse freed = limit.counting(limit.counted() - slots);
                return occupancySeconds == null ? freed : freed.occupied(occupancySeconds, slots);
              });
          return limits;
        });
  }

  /** Sets what is counted; slots that leases hold are part of the number given. */
  public void count(UUID limitId, @Nullable Integer activeSlots, @Nullable Integer deniedSlots) {
    transaction.executeWithoutResult(
        status ->
            store(
                statements.locked(By.ID, List.of(limitId)),
                limit -> {
                  LimitUse counted =
                      activeSlots == null ? limit : limit.counting(activeSlots - limit.leased());
                  return deniedSlots == null ? counted : counted.withDenied(deniedSlots);
                }));
  }

  /** Extends a lease from now on; false when it has run out or never was. */
  public boolean renew(UUID leaseId, Duration length) {
    return statements.renew(leaseId, length);
  }

  /** Makes a lease last until its holder ends; false when it has run out or never was. */
  public boolean keep(UUID leaseId, Lease.Holder holder) {
    return statements.keep(leaseId, holder);
  }

  /** Ends a lease and frees its slots; false when it has been ended already. */
  public boolean release(UUID leaseId) {
    return inTransaction(
        () -> {
          List<UUID> lease = List.of(leaseId);
          List<LimitUse> limits = statements.locked(By.LEASE, lease);
          List<Held> ended = statements.end(leaseId);
          List<LimitUse> freed = new ArrayList<>();
          for (LimitUse limit : limits) {
            ended.stream()
                .filter(held -> held.limitId().filter(limit.id()::equals).isPresent())
                .map(held -> freed(limit, held))
                .forEach(freed::add);
          }
          statements.store(freed);
          return !ended.isEmpty();
        });
  }

  /** Slots that free themselves were counted when they were taken, lease or not. */
  private static LimitUse freed(LimitUse limit, Held held) {
    LimitUse occupied = limit.occupied(held.seconds(), held.slots());
    return limit.decays() ? occupied.counting(limit.counted() - held.slots()) : occupied;
  }

  /** Ends every lease with which a holder has slots of a limit of one of the names. */
  public void releaseAllOf(UUID holderId, Collection<String> names) {
    statements.leasesOf(holderId, names).forEach(this::release);
  }

  /** The task runs that hold slots of a limit, the longest first. */
  public List<UUID> taskRunsHolding(UUID limitId) {
    return statements.taskRunsHolding(limitId);
  }

  /** A limit as it is used at this moment, if there is such a limit. */
  public Optional<LimitUse> use(UUID limitId) {
    return statements.read(By.ID, List.of(limitId)).stream().findFirst();
  }

  /** Ends every lease on a limit. */
  public void revoke(UUID limitId) {
    statements.revoke(limitId);
  }

  /**
   * Removes leases that have run out, those that were to last until their holder ends when it has
   * ended or is gone, those of flow runs that do not hold them by their state, and what belongs to
   * limits that are gone; answers how many leases.
   */
  public int removeWhatIsOver() {
    List<UUID> over = new ArrayList<>(statements.expired(REMOVED_AT_A_TIME));
    over.addAll(statements.leftBehind(REMOVED_AT_A_TIME));
    over.forEach(this::release);
    statements.forgetDeletedLimits();
    return over.size();
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }
}
