package io.annals.query.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.query.concurrency.Lease.Holder;
import io.annals.query.concurrency.Taking.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leases whose holders do not hold them, or are gone. */
class LeasesLeftBehindTest extends SlotLedgerFixture {
  @Test
  void a_lease_may_be_kept_for_as_long_as_a_run_lasts() {
    UUID limit = limit("deployment:1", 1);
    UUID lease = lease("deployment:1", 1);
    assertThat(ledger.keep(lease, Holder.stateOf(RUN))).isTrue();
    flowRun("RUNNING", "Running", lease);
    assertThat(leasedOnceStored(limit)).isEqualTo(1);
    flowRun("CRASHED", "Crashed", lease);
    assertThat(leasedOnceStored(limit)).as("nobody gave it back").isZero();
  }

  @ParameterizedTest
  @CsvSource({"PENDING, Pending", "CANCELLING, Cancelling", "SCHEDULED, AwaitingRetry"})
  void a_flow_run_holds_the_slot_that_its_state_names(String type, String name) {
    UUID limit = limit("deployment:1", 1);
    flowRun(type, name, slotOfFlowRun());
    assertThat(leasedOnceStored(limit)).isEqualTo(1);
  }

  @Test
  void a_state_that_was_forced_upon_a_flow_run_under_way_takes_no_slot_away() {
    UUID limit = limit("deployment:1", 1);
    slotOfFlowRun();
    flowRun("RUNNING", "Running", null);
    assertThat(leasedOnceStored(limit)).isEqualTo(1);
  }

  @Test
  void a_slot_that_was_taken_for_a_state_that_was_never_stored_is_free_after_a_while() {
    UUID limit = limit("deployment:1", 1);
    slotOfFlowRun();
    flowRun("SCHEDULED", "Scheduled", null);
    ledger.removeWhatIsOver();
    assertThat(use(limit).leased()).as("it may be stored in a moment").isEqualTo(1);
    assertThat(leasedOnceStored(limit)).isZero();
  }

  @Test
  void it_is_free_also_when_the_flow_run_has_taken_another_one_since() {
    UUID limit = limit("deployment:1", 2);
    slotOfFlowRun();
    UUID named = slotOfFlowRun();
    flowRun("PENDING", "Pending", named);
    assertThat(leasedOnceStored(limit)).isEqualTo(1);
    assertThat(leases()).containsExactly(named);
  }

  @Test
  void the_slot_of_a_flow_run_that_is_gone_is_free_after_a_while() {
    UUID limit = limit("deployment:1", 1);
    slotOfFlowRun();
    ledger.removeWhatIsOver();
    assertThat(use(limit).leased()).isEqualTo(1);
    assertThat(leasedOnceStored(limit)).isZero();
  }

  private UUID slotOfFlowRun() {
    return Objects.requireNonNull(
        ((Taken) ledger.take(List.of("deployment:1"), 1, new Lease(WHILE, Holder.stateOf(RUN))))
            .leaseId());
  }

  private int leasedOnceStored(UUID limit) {
    age(SlotLedger.STORED);
    ledger.removeWhatIsOver();
    return use(limit).leased();
  }

  @Test
  void what_is_kept_for_a_task_run_that_nobody_has_reported_stays_for_hours() {
    UUID limit = limit("tag:db", 1);
    ledger.take(List.of("tag:db"), 1, new Lease(Lease.UNTIL_THE_HOLDER_ENDS, Holder.taskRun(RUN)));
    settle();
    ledger.removeWhatIsOver();
    assertThat(use(limit).leased()).isEqualTo(1);
    age(SlotLedger.UNREPORTED);
    ledger.removeWhatIsOver();
    assertThat(use(limit).leased()).isZero();
  }

  @Test
  void what_is_kept_for_a_task_run_goes_soon_after_it_was_seen_to_end() {
    UUID limit = limit("tag:db", 1);
    ledger.take(List.of("tag:db"), 1, new Lease(Lease.UNTIL_THE_HOLDER_ENDS, Holder.taskRun(RUN)));
    taskRun(RUN);
    age(SlotLedger.UNREPORTED);
    ledger.removeWhatIsOver();
    assertThat(use(limit).leased()).as("not in a state yet").isEqualTo(1);
    jdbc.sql("UPDATE task_run SET state_type = 'RUNNING'").update();
    ledger.removeWhatIsOver();
    assertThat(use(limit).leased()).isEqualTo(1);
    jdbc.sql("UPDATE task_run SET state_type = 'COMPLETED'").update();
    jdbc.sql("UPDATE concurrency_lease SET created = clock_timestamp()").update();
    ledger.removeWhatIsOver();
    assertThat(use(limit).leased()).isEqualTo(1);
    age(SlotLedger.SETTLED);
    ledger.removeWhatIsOver();
    assertThat(use(limit).leased()).isZero();
  }

  @Test
  void what_a_client_renews_is_not_collected_whoever_holds_it() {
    UUID limit = limit("db", 1);
    ledger.take(List.of("db"), 1, new Lease(Lease.LONGEST_OF_CLIENTS, Holder.taskRun(RUN)));
    settle();
    ledger.removeWhatIsOver();
    assertThat(use(limit).leased()).isEqualTo(1);
  }

  private static void settle() {
    age(Duration.ofHours(1));
  }

  private static void age(Duration more) {
    jdbc.sql("UPDATE concurrency_lease SET created = created - make_interval(secs => ?)")
        .param(more.toSeconds())
        .update();
  }

  private static void taskRun(UUID id) {
    jdbc.sql(
            """
            INSERT INTO task_run (id, created, updated, name, task_key, dynamic_key,
                empirical_policy, tags, labels, task_inputs)
            VALUES (?, now(), now(), 'etl-0', 'etl', '0', '{}', '{db}', '{}', '{}')
            """)
        .param(id)
        .update();
  }

  /** Gives the run a state, the first one or another one. */
  private static void flowRun(String stateType, String stateName, @Nullable UUID lease) {
    UUID state = UUID.randomUUID();
    jdbc.sql("INSERT INTO flow_run_state VALUES (?, ?, ?, ?, now(), NULL, ?::json)")
        .params(state, RUN, stateType, stateName)
        .param(lease == null ? "{}" : "{\"deployment_concurrency_lease_id\": \"" + lease + "\"}")
        .update();
    jdbc.sql("DELETE FROM flow_run").update();
    jdbc.sql("INSERT INTO flow_run SELECT (json_populate_record(NULL::flow_run, ?::json)).*")
        .param(
            """
            {"id": "%s", "state_id": "%s", "state_type": "%s", "state_name": "%s",
             "created": "2026-11-24T12:00:00Z", "updated": "2026-11-24T12:00:00Z", "name": "etl",
             "flow_id": "%1$s", "tags": [], "parameters": {}, "context": {}, "empirical_policy": {},
             "labels": {}, "run_count": 0, "total_run_time": 0, "auto_scheduled": false,
             "job_variables": {}}
            """
                .formatted(RUN, state, stateType, stateName))
        .update();
  }
}
