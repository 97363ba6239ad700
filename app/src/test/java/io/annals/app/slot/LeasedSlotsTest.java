package io.annals.app.slot;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.log.TestPostgres;
import io.annals.command.flowrun.rule.DeploymentSlot;
import io.annals.command.flowrun.rule.DeploymentSlot.AllTaken;
import io.annals.command.flowrun.rule.DeploymentSlot.Closed;
import io.annals.command.flowrun.rule.DeploymentSlot.DeploymentGone;
import io.annals.command.flowrun.rule.DeploymentSlot.Held;
import io.annals.command.flowrun.rule.DeploymentSlot.NotNeeded;
import io.annals.command.flowrun.rule.SlotQuestion;
import io.annals.command.taskrun.rule.TagSlot;
import io.annals.query.concurrency.DeploymentLimits;
import io.annals.query.concurrency.SlotLedger;
import io.annals.query.concurrency.SlotLedger.Waits;
import io.annals.query.sql.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LeasedSlotsTest {
  private static final UUID DEPLOYMENT = new UUID(1, 1);
  private static final UUID LIMIT = new UUID(2, 2);
  private static final UUID RUN = new UUID(3, 3);
  private static final SlotQuestion.Take TAKE = new SlotQuestion.Take(DEPLOYMENT, RUN);
  private static final SlotQuestion.Look LOOK = new SlotQuestion.Look(DEPLOYMENT);
  private static final Duration COME_BACK = Duration.ofSeconds(30);

  private static HikariDataSource pool;
  private static JdbcClient jdbc;

  private LeasedDeploymentSlots deployments;
  private LeasedTagSlots tags;

  @BeforeAll
  static void start() {
    pool = TestPostgres.reader(TestPostgres.freshDatabase());
    jdbc = JdbcClient.create(pool);
  }

  @AfterAll
  static void stop() {
    pool.close();
  }

  @BeforeEach
  void forget() {
    for (String table :
        List.of("concurrency_lease", "concurrency_use", "concurrency_limit", "deployment")) {
      jdbc.sql("DELETE FROM " + table).update();
    }
    Waits waits = new Waits(Duration.ofSeconds(10), COME_BACK);
    SlotLedger ledger = new SlotLedger(pool, UUID::randomUUID, waits);
    deployments =
        new LeasedDeploymentSlots(
            new DeploymentLimits(new Database(pool, pool)),
            ledger,
            new LeasedDeploymentSlots.Settings(COME_BACK, Duration.ofMinutes(5)));
    tags = new LeasedTagSlots(ledger, waits);
  }

  @Test
  void a_deployment_that_is_gone_has_no_slots() {
    assertThat(deployments.answer(TAKE)).isEqualTo(new DeploymentGone());
  }

  @Test
  void a_deployment_without_a_limit_needs_none() {
    deployment(null, null);
    assertThat(deployments.answer(TAKE)).isEqualTo(new NotNeeded());
    assertThat(deployments.answer(LOOK)).isEqualTo(new NotNeeded());
  }

  @Test
  void a_limit_that_is_switched_off_is_none() {
    limit("deployment:1", 0);
    jdbc.sql("UPDATE concurrency_limit SET active = false").update();
    deployment(LIMIT, null);
    assertThat(deployments.answer(TAKE)).isEqualTo(new NotNeeded());
  }

  @Test
  void no_more_runs_hold_a_slot_than_the_limit_says() {
    limit("deployment:1", 1);
    deployment(LIMIT, null);
    UUID lease = held(deployments.answer(TAKE));
    assertThat(deployments.answer(TAKE)).isEqualTo(new AllTaken(false, COME_BACK));
    deployments.giveBack(lease);
    held(deployments.answer(TAKE));
  }

  @Test
  void the_deployment_says_what_becomes_of_those_that_find_none() {
    limit("deployment:1", 1);
    deployment(LIMIT, "{\"collision_strategy\": \"CANCEL_NEW\"}");
    assertThat(deployments.answer(LOOK)).isEqualTo(new NotNeeded());
    held(deployments.answer(TAKE));
    assertThat(deployments.answer(TAKE)).isEqualTo(new AllTaken(true, COME_BACK));
    assertThat(deployments.answer(LOOK)).isEqualTo(new AllTaken(true, COME_BACK));
  }

  @Test
  void late_runs_of_other_deployments_do_not_care() {
    limit("deployment:1", 0);
    deployment(LIMIT, "{\"collision_strategy\": \"ENQUEUE\"}");
    assertThat(deployments.answer(LOOK)).isEqualTo(new NotNeeded());
    assertThat(deployments.answer(TAKE)).isEqualTo(new Closed());
  }

  @Test
  void a_slot_waits_for_its_run_as_long_as_the_deployment_says() {
    limit("deployment:1", 2);
    deployment(LIMIT, "{\"collision_strategy\": \"ENQUEUE\", \"grace_period_seconds\": 90}");
    held(deployments.answer(TAKE));
    assertThat(seconds()).isEqualTo(90);
    jdbc.sql("UPDATE deployment SET concurrency_options = NULL").update();
    jdbc.sql("DELETE FROM concurrency_lease").update();
    held(deployments.answer(TAKE));
    assertThat(seconds()).isEqualTo(300);
  }

  @Test
  void a_lease_is_renewed_or_replaced_or_lost() {
    limit("deployment:1", 1);
    deployment(LIMIT, null);
    UUID lease = held(deployments.answer(TAKE));
    SlotQuestion renew = new SlotQuestion.Renew(DEPLOYMENT, RUN, lease);
    assertThat(held(deployments.answer(renew))).isEqualTo(lease);

    jdbc.sql("UPDATE concurrency_lease SET expiration = created").update();
    UUID other = held(deployments.answer(renew));
    assertThat(other).isNotEqualTo(lease);
    assertThat(deployments.answer(renew)).isEqualTo(new AllTaken(false, COME_BACK));
  }

  @Test
  void a_lease_may_last_as_long_as_its_run() {
    limit("deployment:1", 1);
    deployment(LIMIT, null);
    UUID lease = held(deployments.answer(TAKE));
    deployments.answer(new SlotQuestion.Keep(RUN, lease));
    assertThat(seconds()).isGreaterThan(Duration.ofDays(36_000).toSeconds());
    assertThat(
            jdbc.sql("SELECT holder ->> 'id' FROM concurrency_lease").query(String.class).single())
        .isEqualTo(RUN.toString());
  }

  @Test
  void tags_without_a_limit_need_no_slot() {
    assertThat(tags.take(RUN, List.of("db"))).isEqualTo(new TagSlot.NotNeeded());
    assertThat(jdbc.sql("SELECT count(*) FROM concurrency_lease").query(Long.class).single())
        .isZero();
  }

  @Test
  void a_task_run_holds_a_slot_once_however_often_it_asks() {
    limit("tag:db", 1);
    assertThat(tags.take(RUN, List.of("db"))).isInstanceOf(TagSlot.Held.class);
    UUID lease = onlyLease();
    assertThat(tags.take(RUN, List.of("db"))).isEqualTo(new TagSlot.NotNeeded());
    assertThat(onlyLease()).as("the same as before").isEqualTo(lease);
    assertThat(tags.take(new UUID(9, 9), List.of("db", "none")))
        .isInstanceOfSatisfying(
            TagSlot.AllTaken.class,
            taken -> {
              assertThat(taken.tags()).containsExactly("db");
              assertThat(taken.averageSeconds()).isBetween(0.1, 2.0);
            });
    tags.giveBackAllOf(RUN, List.of("db"));
    assertThat(tags.take(new UUID(9, 9), List.of("db"))).isInstanceOf(TagSlot.Held.class);
  }

  @Test
  void what_a_task_run_takes_in_vain_leaves_it_what_it_held_before() {
    limit("tag:db", 1);
    assertThat(tags.take(RUN, List.of("db"))).isInstanceOf(TagSlot.Held.class);
    UUID lease = onlyLease();
    limit(new UUID(2, 3), "tag:api", 1);
    TagSlot both = tags.take(RUN, List.of("db", "api"));
    tags.giveBack(((TagSlot.Held) both).leaseId());
    assertThat(onlyLease()).isEqualTo(lease);
    jdbc.sql("UPDATE concurrency_limit SET slot_limit = 0 WHERE name = 'tag:db'").update();
    assertThat(tags.take(RUN, List.of("db"))).isEqualTo(new TagSlot.Closed("db"));
    assertThat(onlyLease()).as("although it may not start again").isEqualTo(lease);
  }

  private static UUID onlyLease() {
    return jdbc.sql("SELECT id FROM concurrency_lease").query(UUID.class).single();
  }

  @Test
  void a_tag_with_a_limit_of_zero_is_named() {
    limit("tag:db", 0);
    assertThat(tags.take(RUN, List.of("db"))).isEqualTo(new TagSlot.Closed("db"));
  }

  private static UUID held(DeploymentSlot slot) {
    return ((Held) slot).leaseId();
  }

  private static long seconds() {
    return jdbc.sql("SELECT round(extract(epoch FROM expiration - created)) FROM concurrency_lease")
        .query(Long.class)
        .single();
  }

  private static void limit(String name, int slots) {
    limit(LIMIT, name, slots);
  }

  private static void limit(UUID id, String name, int slots) {
    jdbc.sql("INSERT INTO concurrency_limit VALUES (?, now(), now(), ?, ?, true, 0)")
        .params(id, name, slots)
        .update();
  }

  private static void deployment(@Nullable UUID limitId, @Nullable String options) {
    jdbc.sql(
            """
            INSERT INTO deployment (id, created, updated, name, flow_id, tags, labels, parameters,
                enforce_parameter_schema, paused, status, job_variables, concurrency_limit_id,
                concurrency_options)
            VALUES (:id, now(), now(), 'etl', :id, '{}', '{}', '{}', true, false, 'NOT_READY', '{}',
                :limit::uuid, :options::json)
            """)
        .param("id", DEPLOYMENT)
        .param("limit", limitId == null ? null : limitId.toString())
        .param("options", options)
        .update();
  }
}
