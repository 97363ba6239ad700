package io.annals.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The writer's statements are planned once. PostgreSQL may have counted a table's rows when there
 * were few, and plans for so many until it counts again: also then, each row has to be found by its
 * key, or every change goes through all that has been written since.
 */
class WriterPlansTest {
  private static final int AT_ONCE = 24;

  /** The driver prepares what has run five times; batches of one row and of many are two texts. */
  private static final int TIMES = 12;

  @TempDir Path home;

  @Test
  void rows_are_found_by_key_although_tables_were_small_when_they_were_counted() throws Exception {
    try (RunningServer server = RunningServer.start(home, Map.of())) {
      HikariDataSource writer = server.bean("writerDataSource", HikariDataSource.class);
      keepOneConnection(writer);
      for (int time = 0; time < TIMES; time++) {
        atOnce(run -> leadFlowRun(server, run));
        atOnce(run -> leadTaskRun(server, run));
      }
      try (Connection connection = writer.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("ANALYZE");
        List<Prepared> prepared = prepared(statement);
        assertThat(prepared)
            .extracting(Prepared::text)
            .anyMatch(text -> text.startsWith("UPDATE flow_run ") && text.contains("unnest"))
            .anyMatch(text -> text.startsWith("UPDATE task_run ") && text.contains("unnest"))
            .anyMatch(text -> text.startsWith("DELETE FROM task_run "));
        List<JsonNode> plans = plans(statement, prepared);
        for (int each = 0; each < plans.size(); each++) {
          assertThat(scansOfAllRows(plans.get(each))).as(prepared.get(each).text()).isEmpty();
        }
      }
    }
  }

  /**
   * Each connection prepares for itself: with two, neither may have run a statement often enough.
   */
  private static void keepOneConnection(HikariDataSource writer) {
    writer.getHikariConfigMXBean().setMaximumPoolSize(1);
    writer.getHikariPoolMXBean().softEvictConnections();
  }

  /**
   * A statement that the driver has prepared.
   *
   * @param parameters how many it takes
   */
  private record Prepared(String name, String text, int parameters) {}

  private static List<Prepared> prepared(Statement statement) throws SQLException {
    List<Prepared> prepared = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT name, ltrim(statement, E' \\n'), cardinality(parameter_types)
            FROM pg_prepared_statements WHERE statement ~ '^\\s*(INSERT|UPDATE|DELETE)'
            """)) {
      while (row.next()) {
        prepared.add(new Prepared(row.getString(1), row.getString(2), row.getInt(3)));
      }
    }
    return prepared;
  }

  /** All in one text: many texts would have the driver forget the statements. */
  private static List<JsonNode> plans(Statement statement, List<Prepared> prepared)
      throws SQLException {
    statement.execute(prepared.stream().map(WriterPlansTest::explain).collect(joining(";")));
    List<JsonNode> plans = new ArrayList<>();
    do {
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        plans.add(JsonMapper.shared().readTree(row.getString(1)));
      }
    } while (statement.getMoreResults());
    return plans;
  }

  private static String explain(Prepared statement) {
    String nulls = String.join(", ", Collections.nCopies(statement.parameters(), "NULL"));
    return "EXPLAIN (FORMAT JSON) EXECUTE \"%s\"%s"
        .formatted(statement.name(), nulls.isEmpty() ? "" : "(" + nulls + ")");
  }

  /** The head of the log is a table of one row. */
  private static List<String> scansOfAllRows(JsonNode plan) {
    List<String> scans = new ArrayList<>();
    for (JsonNode node : plan.findParents("Index Name")) {
      if (!node.has("Index Cond")) {
        scans.add(node.get("Index Name").asString());
      }
    }
    for (JsonNode node : plan.findParents("Relation Name")) {
      String table = node.get("Relation Name").asString();
      if (node.path("Node Type").asString().equals("Seq Scan") && !table.equals("log_head")) {
        scans.add(table);
      }
    }
    return scans;
  }

  private static void leadFlowRun(RunningServer server, int number) {
    JsonNode flow = created(server, "/flows/", "{\"name\": \"etl-%d\"}".formatted(number));
    JsonNode run =
        created(
            server, "/flow_runs/", "{\"flow_id\": \"%s\"}".formatted(flow.get("id").asString()));
    moved(server, "/flow_runs/" + run.get("id").asString());
  }

  private static void leadTaskRun(RunningServer server, int number) {
    JsonNode run =
        created(
            server,
            "/task_runs/",
            "{\"task_key\": \"etl\", \"dynamic_key\": \"%d\"}".formatted(number));
    String path = "/task_runs/" + run.get("id").asString();
    moved(server, path);
    assertThat(server.delete(path).statusCode()).isEqualTo(204);
  }

  private static void moved(RunningServer server, String run) {
    for (String type : List.of("RUNNING", "COMPLETED")) {
      String state = "{\"state\": {\"type\": \"%s\"}, \"force\": true}".formatted(type);
      created(server, run + "/set_state", state);
    }
  }

  private static JsonNode created(RunningServer server, String path, String body) {
    return RunningServer.json(server.post(path, body));
  }

  private static void atOnce(Consumer<Integer> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> done = new ArrayList<>();
      IntStream.range(0, AT_ONCE)
          .forEach(number -> done.add(threads.submit(() -> work.accept(number))));
      for (Future<?> each : done) {
        each.get();
      }
    }
  }
}
