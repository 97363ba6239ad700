package io.annals.query.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.annals.query.concurrency.Lease.Holder;
import io.annals.query.concurrency.Taking.Full;
import io.annals.query.concurrency.Taking.Taken;
import io.annals.query.concurrency.Taking.TooMany;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SlotLedgerTest extends SlotLedgerFixture {
  private static final int CALLERS = 32;

  @Test
  void slots_held_equal_live_leases() {
    UUID limit = limit("db", 3);
    UUID first = lease("db", 2);
    lease("db", 1);
    assertThat(use(limit).leased()).isEqualTo(3);
    assertThat(ledger.take(List.of("db"), 1, whileNeeded())).isInstanceOf(Full.class);

    assertThat(ledger.release(first)).isTrue();
    assertThat(use(limit).leased()).isEqualTo(1);
    assertThat(ledger.release(first)).isFalse();
    assertThat(use(limit).leased()).isEqualTo(1);
  }

  @Test
  void slots_of_several_limits_are_taken_all_or_none() {
    UUID wide = limit("wide", 5);
    UUID narrow = limit("narrow", 1);
    lease("narrow", 1);
    Taking taking = ledger.take(List.of("wide", "narrow"), 1, whileNeeded());
    assertThat(taking).isInstanceOf(Full.class);
    assertThat(use(wide).leased()).isZero();
    assertThat(use(narrow).leased()).isEqualTo(1);
    assertThat(use(wide).denied()).isEqualTo(1);
    assertThat(use(narrow).denied()).isEqualTo(1);
  }

  @Test
  void names_without_a_limit_are_skipped() {
    limit("db", 1);
    assertThat(ledger.take(List.of("none", "db"), 1, whileNeeded()))
        .isInstanceOfSatisfying(
            Taken.class,
            taken -> assertThat(taken.limits()).extracting(LimitUse::name).containsExactly("db"));
    assertThat(ledger.take(List.of("none"), 1, whileNeeded()))
        .isInstanceOfSatisfying(
            Taken.class,
            taken -> {
              assertThat(taken.limits()).isEmpty();
              assertThat(taken.leaseId()).isNotNull();
            });
    assertThat(ledger.take(List.of(), 1, null)).isInstanceOf(Taken.class);
  }

  @Test
  void an_inactive_limit_gives_slots_without_end() {
    UUID limit = limit("db", 1);
    jdbc.sql("UPDATE concurrency_limit SET active = false").update();
    lease("db", 1);
    lease("db", 5);
    assertThat(use(limit).leased()).isZero();
  }

  @Test
  void more_slots_than_a_limit_has_are_never_free() {
    UUID limit = limit("db", 2);
    assertThat(ledger.take(List.of("db"), 3, whileNeeded())).isInstanceOf(TooMany.class);
    assertThat(use(limit).denied()).isZero();
  }

  @Test
  void a_limit_of_zero_gives_nothing() {
    limit("db", 0);
    assertThat(ledger.take(List.of("db"), 1, whileNeeded())).isInstanceOf(TooMany.class);
  }

  @Test
  void slots_under_a_limit_that_was_set_to_zero_are_given_back_all_the_same() {
    UUID limit = limit("db", 1);
    UUID lease = lease("db", 1);
    jdbc.sql("UPDATE concurrency_limit SET slot_limit = 0").update();
    assertThat(ledger.release(lease)).isTrue();
    assertThat(use(limit).leased()).isZero();
    assertThat(use(limit).averageOccupancySeconds()).isEqualTo(2.0);
  }

  @Test
  void a_limit_may_be_lowered_below_what_is_held() {
    UUID limit = limit("db", 3);
    lease("db", 3);
    jdbc.sql("UPDATE concurrency_limit SET slot_limit = 1").update();
    assertThat(ledger.take(List.of("db"), 1, whileNeeded())).isInstanceOf(Full.class);
    assertThat(use(limit).leased()).isEqualTo(3);
  }

  @Test
  void a_lease_that_has_run_out_holds_nothing_and_is_not_renewed() {
    UUID limit = limit("db", 1);
    UUID lease = lease("db", 1);
    assertThat(ledger.renew(lease, WHILE)).isTrue();
    expire(lease);
    assertThat(use(limit).leased()).isZero();
    assertThat(ledger.renew(lease, WHILE)).isFalse();
    UUID next = lease("db", 1);
    assertThat(use(limit).leased()).isEqualTo(1);

    assertThat(ledger.removeWhatIsOver()).isEqualTo(1);
    assertThat(leases()).containsExactly(next);
  }

  @Test
  void a_lease_that_was_never_given_is_neither_renewed_nor_released() {
    assertThat(ledger.renew(RUN, WHILE)).isFalse();
    assertThat(ledger.release(RUN)).isFalse();
    assertThat(ledger.keep(RUN, Holder.stateOf(RUN))).isFalse();
  }

  @Test
  void no_more_expired_leases_are_removed_at_a_time_than_is_said() {
    limit("db", SlotLedger.REMOVED_AT_A_TIME + 1);
    for (int each = 0; each <= SlotLedger.REMOVED_AT_A_TIME; each++) {
      expire(lease("db", 1));
    }
    assertThat(ledger.removeWhatIsOver()).isEqualTo(SlotLedger.REMOVED_AT_A_TIME);
    assertThat(ledger.removeWhatIsOver()).isEqualTo(1);
  }

  @Test
  void slots_without_a_lease_are_counted_until_they_are_given_back() {
    UUID limit = limit("db", 2);
    ledger.take(List.of("db"), 2, null);
    assertThat(use(limit).counted()).isEqualTo(2);
    assertThat(ledger.take(List.of("db"), 1, null)).isInstanceOf(Full.class);
    assertThat(ledger.give(List.of("db", "none"), 1, null)).hasSize(1);
    assertThat(use(limit).counted()).isEqualTo(1);
    ledger.give(List.of("db"), 5, null);
    assertThat(use(limit).counted()).isZero();
  }

  @Test
  void counting_says_how_many_slots_are_taken_in_all() {
    UUID limit = limit("db", 5);
    lease("db", 2);
    ledger.count(limit, 3, 7);
    assertThat(use(limit).counted()).isEqualTo(1);
    assertThat(use(limit).denied()).isEqualTo(7);
    ledger.count(limit, 1, null);
    assertThat(use(limit).counted()).isZero();
  }

  @Test
  void slots_that_decay_free_themselves() {
    UUID limit = decaying("api", 4, 0.5);
    ledger.take(List.of("api"), 4, null);
    assertThat(ledger.take(List.of("api"), 1, null)).isInstanceOf(Full.class);
    later(limit, 5);
    assertThat(use(limit).counted()).isEqualTo(2);
    assertThat(use(limit).denied()).isZero();
    assertThat(ledger.take(List.of("api"), 2, null)).isInstanceOf(Taken.class);
    assertThat(use(limit).counted()).isEqualTo(4);
  }

  @Test
  void a_lease_on_slots_that_decay_is_counted_as_well() {
    UUID limit = decaying("api", 2, 0.001);
    UUID lease = lease("api", 2);
    assertThat(use(limit).counted()).isEqualTo(2);
    expire(lease);
    assertThat(use(limit).counted()).isEqualTo(2);
    ledger.removeWhatIsOver();
    assertThat(use(limit).counted()).isZero();
  }

  @Test
  void who_was_denied_is_forgotten_as_slots_become_free() {
    UUID limit = limit("db", 1);
    lease("db", 1);
    for (int each = 0; each < 5; each++) {
      ledger.take(List.of("db"), 1, whileNeeded());
    }
    assertThat(use(limit).denied()).isEqualTo(5);
    later(limit, 7); // one slot every two seconds, which is the average to begin with
    assertThat(use(limit).denied()).isEqualTo(2);
  }

  @Test
  void the_average_occupancy_leans_towards_recent_holders() {
    UUID limit = limit("db", 2);
    UUID lease = lease("db", 1);
    jdbc.sql("UPDATE concurrency_lease SET created = created - interval '10 seconds'").update();
    ledger.release(lease);
    assertThat(use(limit).averageOccupancySeconds()).isCloseTo(2 + (10 - 2) / 4.0, within(0.1));

    ledger.give(List.of("db"), 1, 0.001);
    assertThat(use(limit).averageOccupancySeconds()).isCloseTo(4 + (0.1 - 4) / 4.0, within(0.1));
  }

  @Test
  void a_holder_gives_back_all_it_holds_of_limits_with_a_name() {
    UUID limit = limit("tag:db", 3);
    UUID other = limit("tag:api", 3);
    ledger.take(List.of("tag:api"), 1, new Lease(WHILE, Holder.taskRun(RUN)));
    Lease lasting = new Lease(Lease.UNTIL_THE_HOLDER_ENDS, Holder.taskRun(RUN));
    ledger.take(List.of("tag:db"), 1, lasting);
    ledger.take(List.of("tag:db"), 1, new Lease(WHILE, Holder.taskRun(RUN)));
    lease("tag:db", 1);
    assertThat(ledger.taskRunsHolding(limit)).containsExactly(RUN, RUN);
    ledger.releaseAllOf(RUN, List.of("tag:db", "tag:none"));
    assertThat(ledger.taskRunsHolding(limit)).isEmpty();
    assertThat(use(limit).leased()).isEqualTo(1);
    assertThat(ledger.taskRunsHolding(other)).containsExactly(RUN);
  }

  @Test
  void revoked_slots_are_free() {
    UUID limit = limit("db", 1);
    lease("db", 1);
    ledger.revoke(limit);
    assertThat(use(limit).leased()).isZero();
    assertThat(leases()).isEmpty();
  }

  @Test
  void a_lease_outlives_its_limit_and_ends_without_it() {
    UUID limit = limit("db", 1);
    UUID lease = lease("db", 1);
    jdbc.sql("DELETE FROM concurrency_limit").update();
    assertThat(ledger.use(limit)).isEmpty();
    assertThat(ledger.release(lease)).isTrue();
    ledger.removeWhatIsOver();
    assertThat(jdbc.sql("SELECT count(*) FROM concurrency_use").query(Long.class).single())
        .isZero();
  }

  @Test
  void however_many_ask_at_once_the_limit_holds() throws Exception {
    UUID limit = limit("db", 5);
    List<UUID> leases = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Taking>> takings = new ArrayList<>();
      for (int each = 0; each < CALLERS; each++) {
        takings.add(threads.submit(() -> ledger.take(List.of("db"), 1, whileNeeded())));
      }
      for (Future<Taking> taking : takings) {
        if (taking.get() instanceof Taken taken) {
          leases.add(taken.leaseId());
        }
      }
    }
    assertThat(leases).hasSize(5);
    assertThat(use(limit).leased()).isEqualTo(5);
    assertThat(use(limit).denied()).isEqualTo(CALLERS - 5);
  }

  @Test
  void takers_of_the_same_limits_in_any_order_never_wait_for_each_other_for_ever()
      throws Exception {
    limit("a", CALLERS);
    limit("b", CALLERS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Taking>> takings = new ArrayList<>();
      for (int each = 0; each < CALLERS; each++) {
        Collection<String> names = each % 2 == 0 ? List.of("a", "b") : List.of("b", "a");
        takings.add(threads.submit(() -> ledger.take(names, 1, whileNeeded())));
      }
      for (Future<Taking> taking : takings) {
        assertThat(taking.get()).isInstanceOf(Taken.class);
      }
    }
  }

  private static void expire(UUID lease) {
    jdbc.sql("UPDATE concurrency_lease SET expiration = created WHERE id = ?")
        .param(lease)
        .update();
  }

  private static void later(UUID limit, double seconds) {
    jdbc.sql(
            "UPDATE concurrency_use SET updated = updated - make_interval(secs => ?)"
                + " WHERE limit_id = ?")
        .params(seconds, limit)
        .update();
  }
}
