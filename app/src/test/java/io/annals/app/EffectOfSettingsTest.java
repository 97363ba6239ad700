package io.annals.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Prefect's variables do to a running server, and what it does without them. */
class EffectOfSettingsTest {
  private static final int PATIENCE_MILLIS = 20_000;

  private static EmbeddedPostgres postgres;
  @TempDir Path home;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  private RunningServer server(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(
        "PREFECT_SERVER_DATABASE_CONNECTION_URL",
        "postgresql://postgres@127.0.0.1:%d/postgres".formatted(postgres.getPort()));
    return RunningServer.start(home, all);
  }

  @Test
  void without_them_statements_end_after_10_seconds_and_pools_have_prefects_sizes() {
    try (RunningServer server = server(Map.of())) {
      HikariDataSource reader = server.bean("readerDataSource", HikariDataSource.class);
      HikariDataSource lookups = server.bean("lookupDataSource", HikariDataSource.class);
      assertThat(setting(reader, "statement_timeout")).isEqualTo("10s");
      assertThat(lookups.getMaximumPoolSize()).isEqualTo(5);
      assertThat(reader.getMaximumPoolSize()).isEqualTo(10);
      assertThat(reader.getMaxLifetime()).isEqualTo(3_600_000);
      assertThat(reader.getConnectionTimeout()).isEqualTo(30_000);
      assertThat(reader.getDataSourceProperties())
          .containsEntry("connectTimeout", "5")
          .containsEntry("socketTimeout", "20");
    }
  }

  @Test
  void the_database_is_used_as_they_say() {
    Map<String, String> told =
        Map.of(
            "PREFECT_SERVER_DATABASE_TIMEOUT", "2.5",
            "PREFECT_SQLALCHEMY_POOL_SIZE", "3",
            "PREFECT_SQLALCHEMY_MAX_OVERFLOW", "4",
            "PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_RECYCLE", "60",
            "PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_TIMEOUT", "7",
            "PREFECT_API_DATABASE_CONNECTION_TIMEOUT", "9");
    try (RunningServer server = server(told)) {
      HikariDataSource reader = server.bean("readerDataSource", HikariDataSource.class);
      assertThat(setting(reader, "statement_timeout")).isEqualTo("2500ms");
      assertThat(reader.getMaximumPoolSize()).isEqualTo(4);
      assertThat(server.bean("lookupDataSource", HikariDataSource.class).getMaximumPoolSize())
          .isEqualTo(3);
      assertThat(reader.getMaxLifetime()).isEqualTo(60_000);
      assertThat(reader.getConnectionTimeout()).isEqualTo(7_000);
      assertThat(reader.getDataSourceProperties())
          .containsEntry("connectTimeout", "9")
          .containsEntry("socketTimeout", "5");
    }
  }

  private static String setting(HikariDataSource pool, String name) {
    return (String) JdbcClient.create(pool).sql("SHOW " + name).query().singleValue();
  }

  @Test
  void a_page_is_as_long_as_they_say_and_no_longer() {
    try (RunningServer server = server(Map.of("PREFECT_API_DEFAULT_LIMIT", "2"))) {
      for (String name : List.of("a", "b", "c")) {
        server.post("/flows/", "{\"name\": \"%s\"}".formatted(name));
      }
      assertThat(RunningServer.json(server.post("/flows/filter", "{}"))).hasSize(2);
      assertThat(server.post("/flows/filter", "{\"limit\": 3}").statusCode()).isEqualTo(422);
    }
  }

  @Test
  void a_graph_has_as_many_nodes_as_they_say_and_no_more() {
    try (RunningServer server = server(Map.of("PREFECT_API_MAX_FLOW_RUN_GRAPH_NODES", "1"))) {
      String flow = idOf(server.post("/flows/", "{\"name\": \"drawn\"}"));
      String run = idOf(server.post("/flow_runs/", "{\"flow_id\": \"%s\"}".formatted(flow)));
      addTask(server, run, "0");
      for (String graph : List.of("/graph", "/graph-v2")) {
        assertThat(server.get("/flow_runs/" + run + graph).statusCode()).isEqualTo(200);
      }
      addTask(server, run, "1");
      for (String graph : List.of("/graph", "/graph-v2")) {
        HttpResponse<String> answer = server.get("/flow_runs/" + run + graph);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
            .isEqualTo(
                "{\"detail\":\"The graph of flow run %s has more than 1 nodes.\"}".formatted(run));
      }
    }
  }

  private static void addTask(RunningServer server, String run, String dynamicKey) {
    HttpResponse<String> task =
        server.post(
            "/task_runs/",
            """
            {"flow_run_id": "%s", "task_key": "t", "dynamic_key": "%s"}
            """
                .formatted(run, dynamicKey));
    String running = "{\"state\": {\"type\": \"RUNNING\"}, \"force\": true}";
    assertThat(server.post("/task_runs/" + idOf(task) + "/set_state", running).statusCode())
        .isEqualTo(201);
  }

  private static String idOf(HttpResponse<String> created) {
    return RunningServer.json(created).get("id").stringValue();
  }

  @Test
  void a_schedule_may_ask_for_as_many_runs_as_they_say() {
    assertThat(mostScheduledRuns(Map.of())).isEqualTo(50);
    assertThat(mostScheduledRuns(Map.of("PREFECT_DEPLOYMENT_SCHEDULE_MAX_SCHEDULED_RUNS", "7")))
        .isEqualTo(7);
  }

  /** The bound that the server names when it is asked for more runs, and keeps to. */
  private int mostScheduledRuns(Map<String, String> told) {
    try (RunningServer server = server(told)) {
      String flow =
          RunningServer.json(server.post("/flows/", "{\"name\": \"f\"}")).path("id").asString();
      int bound = bound(server, flow, "{\"cron\": \"0 0 * * *\"}, \"max_scheduled_runs\": 1000");
      String most = "{\"cron\": \"0 0 * * *\"}, \"max_scheduled_runs\": " + bound;
      assertThat(deployed(server, flow, most).statusCode()).isBetween(200, 201);
      return bound;
    }
  }

  private static int bound(RunningServer server, String flow, String schedule) {
    HttpResponse<String> refused = deployed(server, flow, schedule);
    assertThat(refused.statusCode()).isEqualTo(422);
    String message = RunningServer.json(refused).at("/exception_detail/0/msg").asString();
    String before = "Value error, `max_scheduled_runs` must be less than or equal to ";
    assertThat(message).startsWith(before).endsWith(".");
    return Integer.parseInt(message.substring(before.length(), message.length() - 1));
  }

  private static HttpResponse<String> deployed(RunningServer server, String flow, String schedule) {
    return server.post(
        "/deployments/",
        "{\"name\": \"d\", \"flow_id\": \"%s\", \"schedules\": [{\"schedule\": %s}]}"
            .formatted(flow, schedule));
  }

  @Test
  void a_connection_that_asks_nothing_more_is_closed() throws IOException {
    try (RunningServer server = server(Map.of("PREFECT_SERVER_API_KEEPALIVE_TIMEOUT", "1"));
        Socket socket = connected(server)) {
      assertThat(isAnswered(socket)).isTrue();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void connections_over_the_bound_wait_until_another_one_is_closed() throws IOException {
    try (RunningServer server = server(Map.of("ANNALS_MAX_CONNECTIONS", "2"))) {
      List<Socket> open = new ArrayList<>();
      for (int number = 0; number < 2; number++) {
        Socket socket = connected(server);
        assertThat(isAnswered(socket)).isTrue();
        open.add(socket);
      }
      try (Socket waiting = connected(server)) {
        ask(waiting);
        assertThat(waiting.getInputStream().available()).isZero();
        for (Socket socket : open) {
          socket.close();
        }
        assertThat(readSome(waiting)).startsWith("HTTP/1.1 200");
      }
    }
  }

  private static Socket connected(RunningServer server) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void ask(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isAnswered(Socket socket) throws IOException {
    ask(socket);
    String answer = readSome(socket);
    return answer.startsWith("HTTP/1.1 200") && answer.endsWith("true");
  }

  private static String readSome(Socket socket) throws IOException {
    byte[] buffer = new byte[4_096];
    StringBuilder read = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (!read.toString().endsWith("true")) {
      int length = in.read(buffer);
      if (length < 0) {
        break;
      }
      read.append(new String(buffer, 0, length, StandardCharsets.US_ASCII));
    }
    return read.toString();
  }
}
