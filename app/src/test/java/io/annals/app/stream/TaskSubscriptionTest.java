package io.annals.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.app.log.TestPostgres;
import io.annals.events.state.StateType;
import io.annals.query.taskworker.TaskWorkerView;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class TaskSubscriptionTest {
  private static final String ACK = "{\"type\":\"ack\"}";

  private static JsonNode received(TestClient worker) throws InterruptedException {
    return JsonMapper.shared().readTree(worker.next());
  }

  private static UUID taken(TestClient worker) throws InterruptedException {
    UUID id = UUID.fromString(received(worker).get("id").stringValue());
    worker.send(ACK);
    return id;
  }

  private static void assertEventually(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 400 && !condition.call(); i++) {
      TimeUnit.MILLISECONDS.sleep(25);
    }
    assertThat(condition.call()).isTrue();
  }

  @Test
  void a_run_that_was_scheduled_before_anybody_subscribed_is_sent() throws Exception {
    try (TaskServer server = new TaskServer(TestPostgres.freshDatabase())) {
      UUID run = server.schedule("a");
      try (TestClient worker = server.subscribed("w", "a")) {
        JsonNode sent = received(worker);
        assertThat(sent.get("id").stringValue()).isEqualTo(run.toString());
        assertThat(sent.get("task_key").stringValue()).isEqualTo("a");
        assertThat(sent.get("state").get("name").stringValue()).isEqualTo("Scheduled");
      }
    }
  }

  @Test
  void runs_come_one_at_a_time_oldest_first_and_only_those_asked_for() throws Exception {
    try (TaskServer server = new TaskServer(TestPostgres.freshDatabase());
        TestClient worker = server.subscribed("w", "a", "b")) {
      server.schedule("other");
      UUID first = server.schedule("a");
      assertThat(received(worker).get("id").stringValue()).isEqualTo(first.toString());
      UUID second = server.schedule("a");
      UUID third = server.schedule("a");
      assertThat(worker.messages).isEmpty();
      worker.send(ACK);
      assertThat(taken(worker)).isEqualTo(second);
      assertThat(taken(worker)).isEqualTo(third);
      UUID last = server.schedule("b");
      assertThat(taken(worker)).isEqualTo(last);
    }
  }

  @Test
  void a_retry_goes_before_what_is_scheduled() throws Exception {
    try (TaskServer server = new TaskServer(TestPostgres.freshDatabase())) {
      UUID scheduled = server.schedule("a");
      UUID retried = server.schedule("a");
      server.move(retried, StateType.RUNNING, "Running", false);
      server.move(retried, StateType.SCHEDULED, "AwaitingRetry", true);
      try (TestClient worker = server.subscribed("w", "a")) {
        assertThat(taken(worker)).isEqualTo(retried);
        assertThat(taken(worker)).isEqualTo(scheduled);
      }
    }
  }

  @Test
  void a_run_that_does_not_wait_for_a_worker_is_not_sent() throws Exception {
    try (TaskServer server = new TaskServer(TestPostgres.freshDatabase())) {
      UUID started = server.schedule("a");
      server.move(started, StateType.PENDING, "Pending", false);
      UUID own = server.schedule("a");
      server.move(own, StateType.SCHEDULED, "AwaitingRetry", false);
      UUID waits = server.schedule("a");
      try (TestClient worker = server.subscribed("w", "a")) {
        assertThat(taken(worker)).isEqualTo(waits);
      }
    }
  }

  @Test
  void a_run_that_was_not_acknowledged_goes_to_another_worker() throws Exception {
    try (TaskServer server = new TaskServer(TestPostgres.freshDatabase())) {
      UUID run = server.schedule("a");
      TestClient lost = server.subscribed("lost", "a");
      received(lost);
      try (TestClient other = server.subscribed("other", "a")) {
        UUID later = server.schedule("a");
        assertThat(taken(other)).isEqualTo(later);
        lost.close();
        assertThat(taken(other)).isEqualTo(run);
      }
    }
  }

  /** Sooner than its lease ends, which is longer than a test client's patience. */
  @Test
  void a_run_that_could_not_be_read_after_it_was_claimed_is_sent_when_it_can() throws Exception {
    AtomicInteger failures = new AtomicInteger(1);
    UnaryOperator<DataSource> failingOnce =
        reader ->
            new DelegatingDataSource(reader) {
              @Override
              public Connection getConnection() throws SQLException {
                if (failures.getAndDecrement() > 0) {
                  throw new SQLTransientConnectionException("as this test wants it");
                }
                return super.getConnection();
              }
            };
    try (TaskServer server = new TaskServer(TestPostgres.freshDatabase(), failingOnce);
        TestClient worker = server.subscribed("w", "a")) {
      UUID run = server.schedule("a");
      assertThat(taken(worker)).isEqualTo(run);
      assertThat(failures.get()).isNegative();
    }
  }

  @Test
  void a_worker_that_quits_gives_its_run_back() throws Exception {
    try (TaskServer server = new TaskServer(TestPostgres.freshDatabase())) {
      UUID run = server.schedule("a");
      try (TestClient quitter = server.subscribed("quitter", "a")) {
        received(quitter);
        quitter.send("{\"type\":\"quit\"}");
        assertThat(quitter.closing()).startsWith("1000");
      }
      try (TestClient other = server.subscribed("other", "a")) {
        assertThat(taken(other)).isEqualTo(run);
      }
    }
  }

  @Test
  void an_acknowledged_run_is_sent_to_nobody_else_even_after_a_restart() throws Exception {
    String url = TestPostgres.freshDatabase();
    UUID second;
    try (TaskServer server = new TaskServer(url);
        TestClient worker = server.subscribed("w", "a")) {
      UUID first = server.schedule("a");
      assertThat(taken(worker)).isEqualTo(first);
      second = server.schedule("a");
      received(worker); // proves that the first acknowledgement is stored; itself not acknowledged
    }
    try (TaskServer restarted = new TaskServer(url);
        TestClient worker = restarted.subscribed("w", "a")) {
      assertThat(taken(worker)).isEqualTo(second);
      UUID third = restarted.schedule("a");
      assertThat(taken(worker)).isEqualTo(third);
    }
  }

  @Test
  void several_workers_on_two_nodes_share_runs_and_each_runs_once() throws Exception {
    int runs = 120;
    String url = TestPostgres.freshDatabase();
    try (TaskServer one = new TaskServer(url);
        TaskServer two = new TaskServer(url);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<TestClient> workers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        workers.add(one.subscribed("one-" + i, "a"));
        workers.add(two.subscribed("two-" + i, "a"));
      }
      List<UUID> scheduled = new ArrayList<>();
      List<UUID> sent = java.util.Collections.synchronizedList(new ArrayList<>());
      List<Future<?>> reading = new ArrayList<>();
      for (TestClient worker : workers) {
        reading.add(
            threads.submit(
                () -> {
                  while (sent.size() < runs) {
                    String message = worker.messages.poll(50, TimeUnit.MILLISECONDS);
                    if (message != null) {
                      worker.send(ACK);
                      sent.add(
                          UUID.fromString(
                              JsonMapper.shared().readTree(message).get("id").stringValue()));
                    }
                  }
                  return null;
                }));
      }
      for (int i = 0; i < runs; i++) {
        scheduled.add((i % 2 == 0 ? one : two).schedule("a"));
      }
      for (Future<?> each : reading) {
        each.get(60, TimeUnit.SECONDS);
      }
      assertThat(sent).containsExactlyInAnyOrderElementsOf(scheduled);
      workers.forEach(TestClient::close);
    }
  }

  @Test
  void a_claim_of_a_dead_node_ends_with_its_lease() throws Exception {
    String url = TestPostgres.freshDatabase();
    try (TaskServer server = new TaskServer(url)) {
      UUID run = server.schedule("a");
      UUID dead = UUID.randomUUID();
      assertThat(server.deliveries.claim(dead, List.of("a"))).isPresent();
      assertThat(server.deliveries.claim(UUID.randomUUID(), List.of("a"))).isEmpty();
      TestPostgres.execute(
          server.reader, "UPDATE task_run_delivery SET expiration = now() - interval '1 second'");
      try (TestClient worker = server.subscribed("w", "a")) {
        assertThat(taken(worker)).isEqualTo(run);
      }
      assertThat(server.deliveries.acknowledge(dead, run)).isFalse();
    }
  }

  @Test
  void deliveries_of_runs_that_have_moved_on_are_forgotten() throws Exception {
    try (TaskServer server = new TaskServer(TestPostgres.freshDatabase())) {
      UUID moved = server.schedule("a");
      server.deliveries.claim(UUID.randomUUID(), List.of("a"));
      server.deliveries.forgetFinished();
      assertThat(deliveries(server)).isEqualTo(1);
      server.move(moved, StateType.PENDING, "Pending", false);
      server.deliveries.forgetFinished();
      assertThat(deliveries(server)).isZero();
    }
  }

  private static long deliveries(TaskServer server) {
    return TestPostgres.number(server.reader, "SELECT count(*) FROM task_run_delivery");
  }

  @Test
  void what_breaks_the_protocol_ends_the_connection() throws Exception {
    try (TaskServer server = new TaskServer(TestPostgres.freshDatabase())) {
      assertThat(refusal(server, "{\"type\":\"hello\"}"))
          .isEqualTo("4001 Protocol violation: expected 'subscribe' message");
      assertThat(refusal(server, "{\"type\":\"subscribe\",\"keys\":[],\"client_id\":\"w\"}"))
          .isEqualTo("4001 Protocol violation: expected 'keys' in subscribe message");
      assertThat(refusal(server, "{\"type\":\"subscribe\",\"keys\":[\"a\"]}"))
          .isEqualTo("4001 Protocol violation: expected 'client_id' in subscribe message");
      UUID run = server.schedule("a");
      try (TestClient worker = server.subscribed("w", "a")) {
        received(worker);
        worker.send("{\"type\":\"thanks\"}");
        assertThat(worker.closing()).isEqualTo("4001 Protocol violation: expected 'ack' message");
      }
      try (TestClient worker = server.subscribed("w", "a")) {
        assertThat(taken(worker)).isEqualTo(run);
      }
    }
  }

  private static String refusal(TaskServer server, String opening) throws Exception {
    try (TestClient client = server.connected()) {
      client.send(opening);
      return client.closing();
    }
  }

  @Test
  void a_server_that_stops_says_so_in_a_way_that_workers_come_back() throws Exception {
    TestClient worker;
    try (TaskServer server = new TaskServer(TestPostgres.freshDatabase())) {
      worker = server.subscribed("w", "a");
      assertEventually(() -> !server.workers.connected(List.of()).isEmpty());
    }
    assertThat(worker.closing()).startsWith("1012");
    worker.close();
  }

  @Test
  void workers_are_seen_on_all_nodes_while_they_are_connected() throws Exception {
    String url = TestPostgres.freshDatabase();
    try (TaskServer one = new TaskServer(url);
        TaskServer two = new TaskServer(url)) {
      TestClient first = one.subscribed("first", "b", "a");
      TestClient again = two.subscribed("first", "c");
      TestClient second = two.subscribed("second", "c");
      assertEventually(() -> identifiers(one, List.of()).equals(List.of("first", "second")));
      assertEventually(() -> keysOfFirst(two).equals(List.of("a", "b", "c")));
      assertThat(identifiers(two, List.of("a", "zzz"))).containsExactly("first");
      assertThat(identifiers(two, List.of("zzz"))).isEmpty();
      first.close();
      assertEventually(() -> keysOfFirst(two).equals(List.of("c")));
      again.close();
      assertEventually(() -> identifiers(one, List.of()).equals(List.of("second")));
      TestPostgres.execute(one.reader, "UPDATE task_worker SET seen = now() - interval '16 s'");
      second.close();
      assertEventually(() -> identifiers(one, List.of()).isEmpty());
    }
  }

  private static List<String> identifiers(TaskServer server, List<String> keys) {
    return server.workers.connected(keys).stream().map(TaskWorkerView::identifier).toList();
  }

  private static List<String> keysOfFirst(TaskServer server) {
    return server.workers.connected(List.of()).getFirst().taskKeys();
  }
}
