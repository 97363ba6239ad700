package io.annals.query.flowrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.query.sql.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A pool with a queue before the default one, and runs that are due one minute after the other. */
class DueRunQueriesTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final UUID POOL = new UUID(1, 1);
  private static final UUID URGENT = new UUID(1, 2);
  private static final UUID DEFAULT = new UUID(1, 3);
  private static final int ALL = 200;

  private static final DataSource database = MigratedDatabase.create();
  private static final JdbcClient jdbc = JdbcClient.create(database);

  private final DueRunQueries dueRuns = new DueRunQueries(database, InstantSource.fixed(NOON));

  @BeforeEach
  void layOut() {
    jdbc.sql("TRUNCATE work_pool, work_queue, flow_run").update();
    jdbc.sql(
            """
            INSERT INTO work_pool (id, created, updated, name, type, base_job_template, is_paused,
                default_queue_id, status, storage_configuration)
            VALUES (?, now(), now(), 'vms', 'process', '{}', false, ?, 'READY', '{}')
            """)
        .params(POOL, DEFAULT)
        .update();
    queue(URGENT, "urgent", 1);
    queue(DEFAULT, "default", 2);
  }

  @Test
  void runs_come_by_the_priority_of_their_queue_and_then_by_their_time() {
    UUID late = run(DEFAULT, 3, "SCHEDULED");
    UUID early = run(DEFAULT, 1, "SCHEDULED");
    UUID urgent = run(URGENT, 9, "SCHEDULED");
    assertThat(ofPool(null, null, null, ALL)).containsExactly(urgent, early, late);
    assertThat(ofPool(null, null, null, 2)).containsExactly(urgent, early);
    assertThat(ofPool(List.of(DEFAULT), null, null, ALL)).containsExactly(early, late);
  }

  @Test
  void only_scheduled_runs_within_the_bounds_are_due() {
    run(DEFAULT, 1, "RUNNING");
    UUID second = run(DEFAULT, 2, "SCHEDULED");
    UUID third = run(DEFAULT, 3, "SCHEDULED");
    assertThat(ofPool(null, null, minute(2), ALL)).containsExactly(second);
    assertThat(ofPool(null, minute(3), null, ALL)).containsExactly(third);
    assertThat(ofPool(null, minute(2), minute(3), ALL)).containsExactly(second, third);
  }

  @Test
  void a_run_that_is_retried_in_its_process_is_not_given_out() {
    UUID run = run(DEFAULT, 1, "SCHEDULED");
    UUID retried = run(DEFAULT, 2, "SCHEDULED");
    policy(retried, "{\"retry_type\":\"in_process\"}");
    policy(run, "{\"retry_type\":\"reschedule\"}");
    assertThat(ofPool(null, null, null, ALL)).containsExactly(run);
  }

  @Test
  void a_queue_gives_no_more_than_it_has_slots() {
    limit("work_queue", DEFAULT, 3);
    run(DEFAULT, 0, "RUNNING");
    run(DEFAULT, 0, "PENDING");
    UUID first = run(DEFAULT, 1, "SCHEDULED");
    run(DEFAULT, 2, "SCHEDULED");
    UUID urgent = run(URGENT, 3, "SCHEDULED");
    assertThat(ofPool(null, null, null, ALL)).containsExactly(urgent, first);
    run(DEFAULT, 0, "PENDING");
    run(DEFAULT, 0, "PENDING");
    assertThat(ofPool(null, null, null, ALL)).containsExactly(urgent);
  }

  @Test
  void a_pool_gives_no_more_than_it_has_slots() {
    limit("work_pool", POOL, 3);
    run(DEFAULT, 0, "RUNNING");
    run(URGENT, 0, "PENDING");
    run(URGENT, 0, "CANCELLING");
    run(DEFAULT, 1, "SCHEDULED");
    UUID urgent = run(URGENT, 2, "SCHEDULED");
    assertThat(ofPool(null, null, null, ALL)).containsExactly(urgent);
    limit("work_pool", POOL, 0);
    assertThat(ofPool(null, null, null, ALL)).isEmpty();
  }

  @Test
  void what_is_paused_gives_nothing_and_takes_no_slots_of_the_pool() {
    limit("work_pool", POOL, 1);
    run(URGENT, 0, "RUNNING");
    run(URGENT, 1, "SCHEDULED");
    UUID due = run(DEFAULT, 2, "SCHEDULED");
    pause("work_queue", URGENT);
    assertThat(ofPool(null, null, null, ALL)).containsExactly(due);
    pause("work_pool", POOL);
    assertThat(ofPool(null, null, null, ALL)).isEmpty();
  }

  @Test
  void concurrent_pollers_get_different_runs_or_fewer() throws SQLException {
    for (int minute = 1; minute <= 4; minute++) {
      run(DEFAULT, minute, "SCHEDULED");
    }
    List<UUID> all = ofPool(null, null, null, ALL);
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      DueRunQueries other =
          new DueRunQueries(
              new SingleConnectionDataSource(connection, true), InstantSource.fixed(NOON));
      assertThat(ids(other.ofPool(POOL, null, null, null, 3)))
          .containsExactlyElementsOf(all.subList(0, 3));
      assertThat(ofPool(null, null, null, 3)).containsExactly(all.getLast());
      assertThat(other.ofQueue(DEFAULT, null, ALL)).hasSize(4);
      assertThat(dueRuns.ofQueue(DEFAULT, null, ALL)).isEmpty();
      connection.rollback();
    }
    assertThat(ofPool(null, null, null, ALL)).containsExactlyElementsOf(all);
  }

  @Test
  void a_worker_sees_a_run_with_its_places_but_without_its_state() {
    UUID id = run(DEFAULT, 1, "SCHEDULED");
    DueRunView due = dueRuns.ofPool(POOL, null, null, null, ALL).getFirst();
    assertThat(due.workPoolId()).isEqualTo(POOL);
    assertThat(due.workQueueId()).isEqualTo(DEFAULT);
    assertThat(due.flowRun().id()).isEqualTo(id);
    assertThat(due.flowRun().workQueueName()).isNull();
    assertThat(due.flowRun().nextScheduledStartTime()).isEqualTo(minute(1));
    assertThat(due.flowRun().state()).isNull();
  }

  @Test
  void old_agents_get_the_runs_of_a_queue_and_those_that_only_name_it() {
    UUID later = run(DEFAULT, 2, "SCHEDULED");
    UUID named = run(null, 1, "SCHEDULED");
    jdbc.sql("UPDATE flow_run SET work_queue_name = 'default' WHERE id = ?").param(named).update();
    run(URGENT, 0, "SCHEDULED");
    assertThat(dueRuns.ofQueue(DEFAULT, null, ALL))
        .extracting(FlowRunView::id)
        .containsExactly(named, later);
    assertThat(dueRuns.ofQueue(DEFAULT, minute(1), ALL))
        .extracting(FlowRunView::id)
        .containsExactly(named);
    FlowRunView shown = dueRuns.ofQueue(DEFAULT, null, ALL).getLast();
    assertThat(shown.workPoolName()).isEqualTo("vms");
    assertThat(shown.workQueueName()).isEqualTo("default");
  }

  @Test
  void for_old_agents_runs_that_are_being_cancelled_take_slots() {
    limit("work_queue", DEFAULT, 2);
    run(DEFAULT, 0, "CANCELLING");
    UUID first = run(DEFAULT, 1, "SCHEDULED");
    run(DEFAULT, 2, "SCHEDULED");
    assertThat(dueRuns.ofQueue(DEFAULT, null, ALL))
        .extracting(FlowRunView::id)
        .containsExactly(first);
    pause("work_queue", DEFAULT);
    assertThat(dueRuns.ofQueue(DEFAULT, null, ALL)).isEmpty();
  }

  private List<UUID> ofPool(
      @Nullable List<UUID> queues, @Nullable Instant after, @Nullable Instant before, int limit) {
    return ids(dueRuns.ofPool(POOL, queues, after, before, limit));
  }

  private static List<UUID> ids(List<DueRunView> due) {
    return due.stream().map(run -> run.flowRun().id()).toList();
  }

  private static Instant minute(int minute) {
    return NOON.plusSeconds(60L * minute);
  }

  private void queue(UUID id, String name, int priority) {
    jdbc.sql(
            """
            INSERT INTO work_queue (id, created, updated, work_pool_id, name, description,
                is_paused, priority, status)
            VALUES (?, now(), now(), ?, ?, '', false, ?, 'READY')
            """)
        .params(id, POOL, name, priority)
        .update();
  }

  private UUID run(@Nullable UUID queue, int minute, String state) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO flow_run (id, created, updated, name, flow_id, state_type, work_queue_id,
                next_scheduled_start_time, parameters, context, empirical_policy, tags, labels,
                auto_scheduled, job_variables)
            VALUES (:id, now(), now(), 'brave-otter', :id, :state, :queue,
                CASE WHEN :state = 'SCHEDULED' THEN :due::timestamptz END,
                '{}', '{}', '{}', '{}', '{}', false, '{}')
            """)
        .param("id", id)
        .param("state", state)
        .param("queue", queue)
        .param("due", minute(minute).toString())
        .update();
    return id;
  }

  private void policy(UUID run, String policy) {
    jdbc.sql("UPDATE flow_run SET empirical_policy = ?::json WHERE id = ?")
        .params(policy, run)
        .update();
  }

  private void limit(String table, UUID id, int limit) {
    jdbc.sql("UPDATE " + table + " SET concurrency_limit = ? WHERE id = ?")
        .params(limit, id)
        .update();
  }

  private void pause(String table, UUID id) {
    jdbc.sql("UPDATE " + table + " SET is_paused = true WHERE id = ?").param(id).update();
  }
}
