package io.annals.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.app.http.Probe;
import io.annals.app.log.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a process that only runs jobs is asked how it is: {@code ./annals services}. */
class JobProbeTest {
  private static final long PATIENCE_SECONDS = 30;

  @TempDir Path home;

  @Test
  void it_says_how_it_is_at_its_port() throws Exception {
    Map<String, String> told =
        Map.of(
            "ANNALS_SERVICES_PORT", "0",
            "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED", "true",
            "PREFECT_SERVER_SERVICES_REPOSSESSOR_ENABLED", "true",
            "PREFECT_SERVER_METRICS_ENABLED", "true",
            "PREFECT_SERVER_API_AUTH_STRING", "ada:secret");
    try (JobNode node = new JobNode(TestPostgres.freshDatabase(), home, told);
        HttpClient client = HttpClient.newHttpClient()) {
      Integer port = Objects.requireNonNull(node.part(Probe.class).port());
      assertThat(ask(client, port, "/api/health").body()).isEqualTo("true");
      assertThat(ask(client, port, "/api/ready").body()).isEqualTo("{\"message\":\"OK\"}");
      JsonNode jobs = whenAllHaveRun(client, port);
      assertThat(jobs).hasSizeGreaterThan(5);
      for (JsonNode job : jobs) {
        assertThat(job.path("stuck").booleanValue()).isFalse();
        assertThat(job.path("every_seconds").doubleValue()).isPositive();
        assertThat(Instant.parse(job.path("last_success").stringValue()))
            .isAfter(Instant.now().minusSeconds(60));
      }
      assertThat(ask(client, port, "/api/flows/filter").statusCode()).isEqualTo(404);
      assertThat(ask(client, port, "/api/metrics").statusCode()).isEqualTo(401);
      assertThat(metrics(client, port))
          .contains("annals_job_last_success_age_seconds{job=\"log-cleanup\"}")
          .contains("annals_job_runs_seconds_count{job=\"log-cleanup\",outcome=\"success\"}");
    }
  }

  @Test
  void it_listens_nowhere_unless_told() {
    try (JobNode node = new JobNode(TestPostgres.freshDatabase(), home)) {
      assertThat(node.part(Probe.class).port()).isNull();
    }
  }

  @Test
  void a_server_lists_the_jobs_that_it_runs_if_asked() {
    Map<String, String> told =
        Map.of(
            "PREFECT_SERVER_DATABASE_CONNECTION_URL",
            TestPostgres.freshDatabase().replaceFirst("^jdbc:", ""));
    try (RunningServer server = RunningServer.start(home, told)) {
      assertThat(server.get("/ready").body()).isEqualTo("{\"message\":\"OK\"}");
      assertThat(server.get("/ready?verbose").body())
          .as("a server with --no-services")
          .isEqualTo("{\"message\":\"OK\",\"jobs\":[]}");
    }
  }

  private static JsonNode whenAllHaveRun(HttpClient client, int port) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000;
    JsonNode jobs;
    do {
      assertThat(System.nanoTime()).as("still waiting for a job").isLessThan(deadline);
      HttpResponse<String> answer = ask(client, port, "/api/ready?verbose");
      assertThat(answer.statusCode()).isEqualTo(200);
      jobs = JsonMapper.shared().readTree(answer.body()).path("jobs");
    } while (jobs.valueStream().anyMatch(job -> job.path("last_success").isNull()));
    return jobs;
  }

  private static String metrics(HttpClient client, int port) throws Exception {
    String login =
        Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(uri(port, "/api/metrics"))
            .header("Authorization", "Basic " + login)
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private static HttpResponse<String> ask(HttpClient client, int port, String path)
      throws Exception {
    return client.send(HttpRequest.newBuilder(uri(port, path)).build(), BodyHandlers.ofString());
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
