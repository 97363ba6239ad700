package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.JobNode;
import io.annals.app.log.TestPostgres;
import io.annals.command.decision.Created;
import io.annals.command.decision.RefusedException;
import io.annals.command.deployment.DeploymentCommand.AddSchedules;
import io.annals.command.deployment.DeploymentCommand.ChangeSchedule;
import io.annals.command.deployment.DeploymentCommand.DeleteDeployment;
import io.annals.command.deployment.DeploymentCommand.DeployFlow;
import io.annals.command.deployment.DeploymentCommand.NewSchedule;
import io.annals.command.deployment.DeploymentCommand.PauseDeployment;
import io.annals.command.deployment.DeploymentCommand.RemoveSchedule;
import io.annals.command.deployment.DeploymentCommand.ResumeDeployment;
import io.annals.command.deployment.DeploymentCommand.ScheduleChange;
import io.annals.command.deployment.MissedDates;
import io.annals.command.flow.FlowCommand.CreateFlow;
import io.annals.events.schedule.Schedule;
import io.annals.events.schedule.Schedule.CronSchedule;
import io.annals.query.deployment.PlanningQueries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The law of schedules: at most one run per schedule and date, and none that its deployment does
 * not want any more, whatever is edited, switched, deleted or planned at the same time.
 */
class OneRunPerScheduleAndDateTest {
  private static final Instant NOW = Instant.parse("2027-01-10T12:00:00Z");
  private static final int ROUNDS = 40;
  private static final long SEED = 2026_11_26;

  /** A run is told apart by its schedule and its scheduled time. */
  private static final String TWICE =
      """
      SELECT count(*) FROM (
        SELECT created_by ->> 'id', expected_start_time FROM flow_run
        GROUP BY 1, 2 HAVING count(*) > 1) twice\
      """;

  private static final String UNWANTED =
      """
      SELECT count(*) FROM flow_run
      LEFT JOIN deployment ON deployment.id = flow_run.deployment_id
      LEFT JOIN deployment_schedule
        ON deployment_schedule.id = (flow_run.created_by ->> 'id')::uuid
      WHERE deployment.paused OR deployment_schedule.id IS NULL OR NOT deployment_schedule.active\
      """;

  private static final String CREATED_TWICE =
      """
      SELECT count(*) FROM (
        SELECT payload ->> 'idempotency_key',
          count(*) FILTER (WHERE NOT EXISTS (
            SELECT 1 FROM event_log deleted
            WHERE deleted.stream = event_log.stream AND deleted.type = 'flowrun.deleted')) AS alive
        FROM event_log WHERE type = 'flowrun.created' GROUP BY 1) made
      WHERE alive > 1\
      """;

  @TempDir Path home;

  @Test
  void whatever_happens_at_the_same_time() throws Exception {
    String url = TestPostgres.freshDatabase();
    try (JobNode one = new JobNode(url, home.resolve("one"));
        JobNode two = new JobNode(url, home.resolve("two"));
        HikariDataSource pool = TestPostgres.reader(url);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CommandGateway gateway = one.part(CommandGateway.class);
      UUID flow = flow(gateway);
      gateway.sendAndWait(deploy(flow));
      Random random = new Random(SEED);
      JdbcClient jdbc = JdbcClient.create(pool);
      for (int round = 0; round < ROUNDS; round++) {
        List<Future<?>> underWay = new ArrayList<>();
        for (JobNode node : List.of(one, two)) {
          ScheduleRuns job = random.nextBoolean() ? all(node) : recent(node);
          underWay.add(threads.submit(() -> job.run(NOW)));
          Object edit = edit(jdbc, flow, random);
          CommandGateway of = node.part(CommandGateway.class);
          underWay.add(threads.submit(() -> tryTo(of, edit)));
        }
        for (Future<?> work : underWay) {
          work.get();
        }
        assertLaw(pool, "round " + round);
      }
      UUID deployment = gateway.<Created>sendAndWait(deploy(flow)).id();
      gateway.sendAndWait(new ResumeDeployment(deployment));
      gateway.sendAndWait(new AddSchedules(deployment, List.of(schedule("0 6 * * *", true))));
      all(one).run(NOW);
      all(two).run(NOW);
      assertLaw(pool, "at the end");
      assertThat(TestPostgres.number(pool, "SELECT count(*) FROM flow_run"))
          .as("runs that are planned at the end")
          .isPositive();
    }
  }

  private static void assertLaw(HikariDataSource pool, String when) {
    assertThat(TestPostgres.number(pool, TWICE)).as("twice, %s", when).isZero();
    assertThat(TestPostgres.number(pool, CREATED_TWICE)).as("in the log, %s", when).isZero();
    assertThat(TestPostgres.number(pool, UNWANTED)).as("unwanted, %s", when).isZero();
  }

  private static void tryTo(CommandGateway gateway, Object command) {
    try {
      gateway.sendAndWait(command);
    } catch (RefusedException gone) {
      // The schedule or the deployment was removed by the other one: nothing to change.
    }
  }

  private static Object edit(JdbcClient jdbc, UUID flow, Random random) {
    UUID deployment =
        jdbc.sql("SELECT id FROM deployment")
            .query(UUID.class)
            .optional()
            .orElseGet(UUID::randomUUID);
    UUID some =
        jdbc.sql("SELECT id FROM deployment_schedule ORDER BY md5(id::text || ?) LIMIT 1")
            .param(random.nextInt())
            .query(UUID.class)
            .optional()
            .orElseGet(UUID::randomUUID);
    String cron = random.nextInt(60) + " */" + (1 + random.nextInt(6)) + " * * *";
    return switch (random.nextInt(10)) {
      case 0 -> new PauseDeployment(deployment);
      case 1, 2 -> new ResumeDeployment(deployment);
      case 3 -> new AddSchedules(deployment, List.of(schedule(cron, true)));
      case 4 -> new RemoveSchedule(deployment, some);
      case 5 -> new DeleteDeployment(deployment, true);
      case 6, 7 -> deploy(flow); // again, or what is there gets these schedules instead of its own
      default ->
          new ChangeSchedule(
              deployment,
              some,
              new ScheduleChange(at(cron), random.nextBoolean(), null, object(), null, null));
    };
  }

  private static ScheduleRuns all(JobNode node) {
    return ScheduleRuns.all(node.part(PlanningQueries.class), commands(node), settings());
  }

  private static ScheduleRuns recent(JobNode node) {
    return ScheduleRuns.recent(node.part(PlanningQueries.class), commands(node), settings());
  }

  private static JobCommands commands(JobNode node) {
    return new JobCommands(node.part(CommandGateway.class), "schedule-runs");
  }

  private static ScheduleRuns.Settings settings() {
    return new ScheduleRuns.Settings(
        Duration.ofMinutes(1),
        Duration.ofDays(400), // everything is recent
        2,
        3,
        10,
        Duration.ofHours(1),
        Duration.ofDays(100),
        MissedDates.NONE);
  }

  private static UUID flow(CommandGateway gateway) {
    Created created = gateway.sendAndWait(new CreateFlow("etl", List.of(), object()));
    return created.id();
  }

  private static DeployFlow deploy(UUID flow) {
    return new DeployFlow(
        flow,
        "nightly",
        JobFixture.unchanged(),
        List.of(schedule("0 * * * *", true), schedule("*/20 * * * *", true)));
  }

  private static NewSchedule schedule(String cron, boolean active) {
    return new NewSchedule(at(cron), active, null, object(), null);
  }

  private static Schedule at(String cron) {
    return new CronSchedule(cron, null, true);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
