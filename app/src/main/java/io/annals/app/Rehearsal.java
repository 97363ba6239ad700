package io.annals.app;

import io.annals.query.request.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/**
 * Works a freshly started server for a few seconds the way clients do, so that the JVM records
 * which classes and methods matter. Later starts use the recording and are fast from the first
 * request.
 */
final class Rehearsal {
  private static final Duration LENGTH = Duration.ofSeconds(12);
  private static final int CLIENTS = 8;
  private static final int LINES = 50;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String api;

  Rehearsal(String api) {
    this.api = api;
  }

  /** Plays until the time is over. */
  void play() {
    Instant end = Instant.now().plus(LENGTH);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < CLIENTS; number++) {
        threads.execute(() -> playUntil(end));
      }
    }
  }

  private void playUntil(Instant end) {
    try {
      while (Instant.now().isBefore(end)) {
        lifecycle();
      }
    } catch (IOException failure) {
      Terminal.warn("The rehearsal ended early: " + failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void lifecycle() throws IOException, InterruptedException {
    String flowId = post("/flows/", "{\"name\": \"rehearsal\"}").path("id").asString();
    JsonNode run =
        post(
            "/flow_runs/",
            """
            {"flow_id": "%s", "tags": ["rehearsal"], "parameters": {"n": 1},
             "state": {"type": "SCHEDULED"}}"""
                .formatted(flowId));
    String id = run.path("id").asString();
    for (String type : new String[] {"PENDING", "RUNNING", "COMPLETED"}) {
      post("/flow_runs/" + id + "/set_state", "{\"state\": {\"type\": \"" + type + "\"}}");
    }
    send(HttpRequest.newBuilder(URI.create(api + "/flow_runs/" + id)).build());
    post("/flow_runs/filter", "{\"limit\": 5, \"sort\": \"START_TIME_DESC\"}");
    post("/task_runs/filter", "{\"limit\": 5}");
    post("/logs/", lines(id));
    post("/events", event(id));
    post("/events/filter", "{\"limit\": 5}");
  }

  private static String lines(String flowRunId) {
    String line =
        """
        {"name": "rehearsal", "level": 20, "message": "a line", "timestamp": "%s",
         "flow_run_id": "%s"}"""
            .formatted(Instant.now(), flowRunId);
    return "[" + (line + ",").repeat(LINES - 1) + line + "]";
  }

  private static String event(String flowRunId) {
    return """
    [{"id": "%s", "occurred": "%s", "event": "rehearsal.played",
      "resource": {"prefect.resource.id": "rehearsal.%s"},
      "related": [{"prefect.resource.id": "prefect.flow-run.%s", "prefect.resource.role": "flow-run"}],
      "payload": {"n": 1}}]
    """
        .formatted(UUID.randomUUID(), Instant.now(), flowRunId, flowRunId);
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(api + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    return WireJson.MAPPER.readTree(answer.body().isEmpty() ? "null" : answer.body());
  }
}
