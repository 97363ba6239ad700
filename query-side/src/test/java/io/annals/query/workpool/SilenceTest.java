package io.annals.query.workpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.query.sql.Database;
import io.annals.query.sql.MigratedDatabase;
import io.annals.query.workpool.QueuePolls.PolledQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of workers that were there, and are not heard of any more. */
class SilenceTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final UUID POOL = new UUID(1, 1);
  private static final UUID QUEUE = new UUID(1, 2);
  private static final UUID DEPLOYMENT = new UUID(1, 3);
  private static final Duration FALLBACK = Duration.ofSeconds(30);
  private static final int ALL = 200;

  private static final DataSource database = MigratedDatabase.create();
  private static final JdbcClient jdbc = JdbcClient.create(database);

  private final Workers workers =
      new Workers(new Database(database, database), database, UUID::randomUUID);
  private final QueuePolls polls = new QueuePolls(database);

  @BeforeEach
  void layOut() {
    jdbc.sql("TRUNCATE work_pool, work_queue, work_queue_poll, worker, deployment, deployment_poll")
        .update();
    jdbc.sql(
            """
            INSERT INTO work_pool (id, created, updated, name, type, base_job_template, is_paused,
                default_queue_id, status, storage_configuration)
            VALUES (?, now(), now(), 'vms', 'process', '{}', false, ?, 'READY', '{}')
            """)
        .params(POOL, QUEUE)
        .update();
    jdbc.sql(
            """
            INSERT INTO work_queue (id, created, updated, work_pool_id, name, description,
                is_paused, priority, status)
            VALUES (?, now(), now(), ?, 'default', '', false, 1, 'READY')
            """)
        .params(QUEUE, POOL)
        .update();
  }

  @Test
  void a_worker_keeps_the_interval_that_it_told_before() {
    workers.heartbeat(POOL, "w", 10, NOON);
    workers.heartbeat(POOL, "w", null, NOON.plusSeconds(5));
    assertThat(workers.page(POOL, null, ALL, 0))
        .singleElement()
        .satisfies(
            worker -> {
              assertThat(worker.heartbeatIntervalSeconds()).isEqualTo(10);
              assertThat(worker.lastHeartbeatTime()).isEqualTo(NOON.plusSeconds(5));
              assertThat(worker.created()).isEqualTo(NOON);
              assertThat(worker.status()).isEqualTo(WorkerStatus.ONLINE);
            });
  }

  @Test
  void a_worker_is_offline_after_three_of_its_intervals() {
    workers.heartbeat(POOL, "quick", 10, NOON);
    workers.heartbeat(POOL, "silent about it", null, NOON);
    assertThat(workers.markOffline(3, FALLBACK, NOON.plusSeconds(30))).isZero();
    assertThat(workers.markOffline(3, FALLBACK, NOON.plusSeconds(31))).isEqualTo(1);
    assertThat(workers.markOffline(3, FALLBACK, NOON.plusSeconds(90))).isZero();
    assertThat(workers.abandonedPools()).isEmpty();
    assertThat(workers.markOffline(3, FALLBACK, NOON.plusSeconds(91))).isEqualTo(1);
    assertThat(workers.anyOnline(POOL)).isFalse();
    assertThat(workers.abandonedPools()).containsExactly(POOL);
    workers.heartbeat(POOL, "quick", null, NOON.plusSeconds(100));
    assertThat(workers.anyOnline(POOL)).isTrue();
    assertThat(workers.abandonedPools()).isEmpty();
  }

  @Test
  void workers_and_polls_are_forgotten_with_their_pool() throws SQLException {
    workers.heartbeat(POOL, "w", null, NOON);
    polls.record(List.of(QUEUE), NOON);
    assertThat(workers.forgetThoseOfDeletedPools()).isZero();
    assertThat(polls.forgetThoseOfDeletedQueues()).isZero();
    jdbc.sql("TRUNCATE work_pool, work_queue").update();
    assertThat(workers.forgetThoseOfDeletedPools()).isEqualTo(1);
    assertThat(polls.forgetThoseOfDeletedQueues()).isEqualTo(1);
  }

  @Test
  void a_ready_queue_is_abandoned_when_nobody_polls_it_any_more() throws SQLException {
    assertThat(polls.abandonedSince(NOON)).isEmpty();
    polls.record(List.of(QUEUE, new UUID(9, 9)), NOON);
    assertThat(polls.lastOf(QUEUE)).contains(NOON);
    assertThat(polls.lastOf(new UUID(9, 9))).isEmpty();
    assertThat(polls.abandonedSince(NOON)).isEmpty();
    assertThat(polls.abandonedSince(NOON.plusSeconds(1)))
        .containsExactly(new PolledQueue(POOL, QUEUE));
    polls.record(List.of(QUEUE), NOON.minusSeconds(1));
    assertThat(polls.lastOf(QUEUE)).contains(NOON);
    jdbc.sql("UPDATE work_queue SET status = 'PAUSED'").update();
    assertThat(polls.abandonedSince(NOON.plusSeconds(1))).isEmpty();
  }

  @Test
  void deployments_are_polled_with_their_queues() throws SQLException {
    jdbc.sql(
            """
            INSERT INTO deployment (id, created, updated, name, flow_id, tags, labels, parameters,
                enforce_parameter_schema, paused, status, work_queue_id, job_variables)
            VALUES (?, now(), now(), 'nightly', ?, '{}', '{}', '{}', false, false, 'NOT_READY',
                ?, '{}')
            """)
        .params(DEPLOYMENT, DEPLOYMENT, QUEUE)
        .update();
    polls.record(List.of(QUEUE), NOON);
    assertThat(
            jdbc.sql("SELECT last_polled = ?::timestamptz FROM deployment_poll")
                .param(NOON.toString())
                .query(Boolean.class)
                .single())
        .isTrue();
  }
}
