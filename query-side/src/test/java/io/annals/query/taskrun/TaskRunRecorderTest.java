package io.annals.query.taskrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.log.Face;
import io.annals.events.log.Family;
import io.annals.events.log.LoggedEvent;
import io.annals.events.log.Origin;
import io.annals.events.sql.Transaction;
import io.annals.query.event.EventLimits;
import io.annals.query.event.EventReader;
import io.annals.query.sql.MigratedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The events are those of a real client: retries, results, tags, a failure. */
class TaskRunRecorderTest {
  private static final int ORDERS_TRIED = 60;
  private static final String CONTENT =
      """
      SELECT 'run ' || task_run::text FROM task_run
      UNION ALL SELECT 'state ' || task_run_state::text FROM task_run_state
      UNION ALL SELECT 'result ' || artifact::text FROM artifact
      ORDER BY 1
      """;

  private static final DataSource database = MigratedDatabase.create();
  private static List<Face> reported;

  @BeforeAll
  static void load() throws IOException {
    try (InputStream json =
        TaskRunRecorderTest.class.getResourceAsStream("/events/reported-task-runs.json")) {
      reported = new EventReader(EventLimits.DEFAULT).list(JsonMapper.shared().readTree(json));
    }
  }

  @BeforeEach
  void empty() throws SQLException {
    execute("TRUNCATE task_run_state, task_run, artifact");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> read(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }

  private void record(List<Face> faces) throws SQLException {
    List<LoggedEvent> events = new ArrayList<>();
    for (Face face : faces) {
      events.add(
          new LoggedEvent(
              events.size() + 1L,
              face.id(),
              Family.OBSERVED,
              null,
              -1,
              face.occurred(),
              Instant.EPOCH,
              null,
              Origin.NONE,
              face));
    }
    try (Connection connection = database.getConnection()) {
      Transaction transaction = new Transaction(connection);
      new TaskRunRecorder().project(transaction, events);
      transaction.commit();
    }
  }

  @Test
  void any_order_any_repetition_and_any_batches_give_the_same_tables() throws SQLException {
    for (Face face : reported) {
      record(List.of(face));
    }
    List<String> inOrder = read(CONTENT);
    assertThat(inOrder).hasSizeGreaterThan(reported.size());
    for (int seed = 0; seed < ORDERS_TRIED; seed++) {
      empty();
      Random random = new Random(seed);
      List<Face> shuffled = new ArrayList<>(reported);
      for (int i = 0; i < reported.size() / 2; i++) {
        shuffled.add(reported.get(random.nextInt(reported.size())));
      }
      Collections.shuffle(shuffled, random);
      int from = 0;
      while (from < shuffled.size()) {
        int to = Math.min(shuffled.size(), from + 1 + random.nextInt(shuffled.size() / 2));
        record(shuffled.subList(from, to));
        from = to;
      }
      assertThat(read(CONTENT)).as("seed " + seed).isEqualTo(inOrder);
    }
  }

  @Test
  void the_rows_are_what_the_client_said() throws SQLException {
    record(reported);
    assertThat(read("SELECT count(*)::text FROM task_run_state"))
        .containsExactly(Integer.toString(reported.size()));
    assertThat(
            read(
                "SELECT state_type || ' ' || run_count || ' ' || flow_run_run_count FROM task_run"
                    + " WHERE name LIKE 'flaky%'"))
        .containsExactly("COMPLETED 2 1", "COMPLETED 2 1", "COMPLETED 2 1");
    assertThat(read("SELECT state_type FROM task_run WHERE name LIKE 'boom%'"))
        .containsExactly("FAILED");
    assertThat(read("SELECT tags::text FROM task_run WHERE name LIKE 'tagged%'"))
        .containsExactly("{a,b}");
    assertThat(
            read(
                "SELECT a.data->>'storage_key' FROM task_run_state s JOIN artifact a"
                    + " ON a.id = s.result_artifact_id"))
        .containsOnly("/results/k");
    assertThat(
            read(
                "SELECT DISTINCT (state_details->>'task_run_id' = task_run_id::text)::text"
                    + " FROM task_run_state"))
        .containsExactly("true");
  }

  @Test
  void the_id_that_came_first_stays_the_runs_id() throws SQLException {
    Face first = reported.getFirst();
    record(List.of(first));
    List<String> id = read("SELECT id::text FROM task_run");
    Face later = renamed(first, UUID.randomUUID(), UUID.randomUUID(), 10);
    record(List.of(later));
    assertThat(read("SELECT id::text FROM task_run")).isEqualTo(id);
    assertThat(read("SELECT DISTINCT task_run_id::text FROM task_run_state")).isEqualTo(id);
    assertThat(read("SELECT state_id::text FROM task_run")).containsExactly(later.id().toString());

    empty();
    record(List.of(first, later)); // the same within one batch
    assertThat(read("SELECT id::text FROM task_run")).isEqualTo(id);
    assertThat(read("SELECT DISTINCT task_run_id::text FROM task_run_state")).isEqualTo(id);
  }

  @Test
  void what_is_not_a_clients_report_is_left_alone() throws SQLException {
    Face first = reported.getFirst();
    Map<String, String> byServer = new HashMap<>(first.resource());
    byServer.remove("prefect.orchestration");
    JsonNode nothing = JsonMapper.shared().createObjectNode();
    record(
        List.of(
            with(first, "prefect.task-run.Running", byServer, first.payload()),
            with(first, "other.task-run.Running", first.resource(), first.payload()),
            with(first, "prefect.task-run.Running", first.resource(), nothing)));
    assertThat(read(CONTENT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/validated_state/state_details, scheduled_time, soon",
    "/validated_state/state_details, untrackable_result, maybe",
    "/task_run, tags, [null]"
  })
  void what_could_not_be_read_again_is_left_alone(String at, String key, String value)
      throws SQLException {
    Face first = reported.getFirst();
    JsonNode payload = first.payload().deepCopy();
    JsonMapper json = JsonMapper.shared();
    ((ObjectNode) payload.at(at))
        .set(key, json.readTree(value.startsWith("[") ? value : "\"" + value + "\""));
    record(List.of(with(first, first.event(), first.resource(), payload)));
    assertThat(read(CONTENT)).isEmpty();
  }

  private static Face with(Face face, String name, Map<String, String> resource, JsonNode payload) {
    return new Face(
        UUID.randomUUID(), face.occurred(), name, resource, face.related(), payload, null);
  }

  private static Face renamed(Face face, UUID stateId, UUID runId, int secondsLater) {
    Map<String, String> resource = new HashMap<>(face.resource());
    resource.put(Face.RESOURCE_ID, "prefect.task-run." + runId);
    return new Face(
        stateId,
        face.occurred().plusSeconds(secondsLater),
        face.event(),
        resource,
        face.related(),
        face.payload(),
        null);
  }
}
