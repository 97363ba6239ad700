package io.annals.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.job.LeaseExpiry;
import io.annals.command.flowrun.DeploymentSlots;
import io.annals.command.flowrun.rule.DeploymentSlot;
import io.annals.command.flowrun.rule.SlotQuestion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A node that is killed leaves slots of deployments behind, and the job knows which those are. */
class SlotsLeftBehindTest {
  private static final String ACCEPT = "ACCEPT";

  @TempDir Path home;
  private RunningServer server;
  private JdbcClient jdbc;
  private JsonNode deployment;

  @BeforeEach
  void start() {
    server = RunningServer.start(home, Map.of());
    jdbc = JdbcClient.create(server.bean("jobDataSource", HikariDataSource.class));
    String flow = created("/flows/", "{\"name\": \"etl\"}").get("id").asString();
    deployment =
        created(
            "/deployments/",
            "{\"name\": \"nightly\", \"flow_id\": \"%s\", \"concurrency_limit\": 1}"
                .formatted(flow));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_slot_that_was_taken_for_a_state_that_was_never_stored_is_free_again() {
    String killed = scheduledRun();
    DeploymentSlot slot =
        server
            .bean("deploymentSlots", DeploymentSlots.class)
            .answer(new SlotQuestion.Take(deploymentId(), UUID.fromString(killed)));
    assertThat(slot).isInstanceOf(DeploymentSlot.Held.class);
    String waiting = scheduledRun();
    assertThat(proposed(waiting, "PENDING")).isEqualTo("REJECT");

    minutesLater();
    assertThat(proposed(killed, "PENDING")).isEqualTo(ACCEPT);
  }

  @Test
  void a_slot_that_a_run_holds_stays_taken_until_the_run_has_ended() {
    String run = scheduledRun();
    for (String state : new String[] {"PENDING", "RUNNING"}) {
      assertThat(proposed(run, state)).isEqualTo(ACCEPT);
      minutesLater();
      assertThat(slotsTaken()).isEqualTo(1);
    }
    assertThat(proposed(run, "COMPLETED")).isEqualTo(ACCEPT);
    assertThat(slotsTaken()).isZero();
  }

  private String scheduledRun() {
    return created("/deployments/%s/create_flow_run".formatted(deploymentId()), "{}")
        .get("id")
        .asString();
  }

  private String proposed(String run, String state) {
    return created(
            "/flow_runs/%s/set_state".formatted(run),
            "{\"state\": {\"type\": \"%s\"}}".formatted(state))
        .get("status")
        .asString();
  }

  private void minutesLater() {
    jdbc.sql("UPDATE concurrency_lease SET created = created - interval '2 minutes'").update();
    server.bean("leaseExpiry", LeaseExpiry.class).run(Instant.now());
  }

  private int slotsTaken() {
    String limit = deployment.get("global_concurrency_limit").get("id").asString();
    return RunningServer.json(server.get("/v2/concurrency_limits/" + limit))
        .get("active_slots")
        .asInt();
  }

  private UUID deploymentId() {
    return UUID.fromString(deployment.get("id").asString());
  }

  private JsonNode created(String path, String body) {
    return RunningServer.json(server.post(path, body));
  }
}
