package io.annals.app;

import io.annals.query.request.WireJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/**
 * Works a freshly started server for half a minute the way clients do, so that the JVM records
 * which classes and methods matter. Later starts use the recording and are fast from the first
 * request.
 */
final class Rehearsal {
  private static final Duration LENGTH = Duration.ofSeconds(30);
  private static final int CLIENTS = 8;
  private static final int LINES = 50;

  /** Runs come and go far more often than anybody looks at lists of them. */
  private static final int RUNS_PER_LOOK = 10;

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
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
    WebSocket events = openEventsIn();
    try {
      while (Instant.now().isBefore(end)) {
        String flowRunId = "";
        for (int run = 0; run < RUNS_PER_LOOK; run++) {
          flowRunId = lifecycle();
        }
        reportTask(events, flowRunId);
        look(flowRunId);
      }
    } catch (IOException failure) {
      Terminal.warn("The rehearsal ended early: " + failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      events.abort();
    }
  }

  /** One run from its creation to its end. */
  private String lifecycle() throws IOException, InterruptedException {
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
    send(HttpRequest.newBuilder(URI.create(api + "/flow_runs/" + id)));
    return id;
  }

  private void look(String flowRunId) throws IOException, InterruptedException {
    post("/flow_runs/filter", "{\"limit\": 5, \"sort\": \"START_TIME_DESC\"}");
    post("/task_runs/filter", "{\"limit\": 5}");
    post("/logs/", lines(flowRunId));
    post("/events", event(flowRunId));
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

  private WebSocket openEventsIn() {
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .subprotocols("prefect")
            .buildAsync(
                URI.create(api.replaceFirst("^http", "ws") + "/events/in"),
                new WebSocket.Listener() {})
            .join();
    socket.sendText("{\"type\": \"auth\", \"token\": null}", true).join();
    return socket;
  }

  /** The states of one task run, as clients report them. */
  private static void reportTask(WebSocket events, String flowRunId) {
    UUID task = UUID.randomUUID();
    for (String type : new String[] {"PENDING", "RUNNING", "COMPLETED"}) {
      events.sendText(taskState(task, flowRunId, type), true).join();
    }
  }

  private static String taskState(UUID task, String flowRunId, String type) {
    return """
    {"id": "%1$s", "occurred": "%2$s", "event": "prefect.task-run.%5$s",
     "resource": {"prefect.resource.id": "prefect.task-run.%3$s", "prefect.resource.name": "played-0",
       "prefect.state-type": "%5$s", "prefect.state-name": "%5$s", "prefect.state-timestamp": "%2$s",
       "prefect.orchestration": "client"},
     "related": [{"prefect.resource.id": "prefect.flow-run.%4$s", "prefect.resource.role": "flow-run"}],
     "payload": {"intended": {"from": "PENDING", "to": "%5$s"},
       "validated_state": {"type": "%5$s", "name": "%5$s", "message": "", "state_details": {}},
       "task_run": {"name": "played-0", "task_key": "played", "dynamic_key": "%3$s", "tags": [],
         "labels": {}, "task_inputs": {}, "run_count": 1, "empirical_policy": {}}}}"""
        .formatted(UUID.randomUUID(), Instant.now(), task, flowRunId, type);
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(api + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(request.header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
    boolean compressed = answer.headers().firstValue("Content-Encoding").isPresent();
    try (InputStream received = new ByteArrayInputStream(answer.body());
        InputStream body = compressed ? new GZIPInputStream(received) : received) {
      byte[] text = body.readAllBytes();
      return WireJson.MAPPER.readTree(text.length == 0 ? NULL : text);
    }
  }
}
