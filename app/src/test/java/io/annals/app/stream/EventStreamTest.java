package io.annals.app.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.app.log.TestPostgres;
import io.annals.command.decision.UnavailableException;
import io.annals.query.event.EventLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventStreamTest {
  private static final EventLimits LIMITS = EventLimits.DEFAULT;
  private static final String FOREVER = "2100-01-01T00:00:00Z";

  private static StreamServer server() throws Exception {
    return new StreamServer(StreamSettings.DEFAULT, LIMITS, log -> log);
  }

  private static StreamServer serverWithAuth() throws Exception {
    StreamSettings usual = StreamSettings.DEFAULT;
    return new StreamServer(
        new StreamSettings(
            "admin:secret",
            usual.backfillPageSize(),
            usual.maximumBackfill(),
            usual.pingEvery(),
            usual.pongWithin()),
        LIMITS,
        log -> log);
  }

  private static String event(UUID id, String name, Instant occurred) {
    return """
        {"occurred":"%s","event":"%s","resource":{"prefect.resource.id":"test.1","n":"ü"},
         "related":[{"prefect.resource.id":"flow.1","prefect.resource.role":"flow"}],
         "payload":{"a":1},"id":"%s","follows":null}
        """
        .formatted(occurred, name, id);
  }

  private static String event(String name) {
    return event(UUID.randomUUID(), name, Instant.now());
  }

  private static String filter(String rest) {
    return "{\"type\":\"filter\",\"filter\":{\"occurred\":{\"since\":\"2020-01-01T00:00:00Z\","
        + "\"until\":\""
        + FOREVER
        + "\"}"
        + rest
        + "}}";
  }

  private static long stored(StreamServer server) {
    return TestPostgres.number(server.reader, "SELECT count(*) FROM event_log");
  }

  @Test
  void a_pong_says_that_everything_before_the_ping_is_committed() throws Exception {
    try (StreamServer server = server();
        TestClient client = TestClient.authenticated(server.url("in"))) {
      for (int round = 1; round <= 5; round++) {
        for (int i = 0; i < 700; i++) {
          client.send(event("round." + round));
        }
        client.ping("p" + round);
        assertThat(client.pong()).isEqualTo("p" + round);
        assertThat(stored(server)).isEqualTo(700L * round);
      }
    }
  }

  @Test
  void no_pong_goes_out_before_the_commit() throws Exception {
    CompletableFuture<Void> commit = new CompletableFuture<>();
    try (StreamServer server =
            new StreamServer(
                StreamSettings.DEFAULT,
                LIMITS,
                log ->
                    (faces, origin) ->
                        log.append(faces, origin).thenCombine(commit, (a, b) -> null));
        TestClient client = TestClient.authenticated(server.url("in"))) {
      client.ping("before");
      assertThat(client.pong()).isEqualTo("before");
      client.send(event("waits"));
      client.ping("after");
      assertThat(client.pongs.poll(300, TimeUnit.MILLISECONDS)).isNull();
      commit.complete(null);
      assertThat(client.pong()).isEqualTo("after");
    }
  }

  @Test
  void a_failed_commit_ends_the_connection_without_a_pong() throws Exception {
    try (StreamServer server =
            new StreamServer(
                StreamSettings.DEFAULT,
                LIMITS,
                log ->
                    (faces, origin) ->
                        CompletableFuture.failedFuture(new IllegalStateException("disk is full")));
        TestClient client = TestClient.authenticated(server.url("in"))) {
      client.send(event("lost"));
      client.ping("p");
      assertThat(client.closing()).startsWith("1011");
      assertThat(client.pongs).isEmpty();
    }
  }

  @Test
  void a_full_log_makes_the_client_wait_and_loses_nothing() throws Exception {
    AtomicInteger refusals = new AtomicInteger(5);
    try (StreamServer server =
            new StreamServer(
                StreamSettings.DEFAULT,
                LIMITS,
                log ->
                    (faces, origin) -> {
                      if (refusals.getAndDecrement() > 0) {
                        throw new UnavailableException("full");
                      }
                      return log.append(faces, origin);
                    });
        TestClient client = TestClient.authenticated(server.url("in"))) {
      for (int i = 0; i < 50; i++) {
        client.send(event("patient"));
      }
      client.ping("p");
      client.pong();
      assertThat(stored(server)).isEqualTo(50);
    }
  }

  @Test
  void an_invalid_event_ends_the_connection_after_the_events_before_it_are_stored()
      throws Exception {
    try (StreamServer server = server();
        TestClient client = TestClient.authenticated(server.url("in"))) {
      client.send(event("good"));
      client.send("{\"event\":\"bad\"}");
      assertThat(client.closing()).startsWith("1008 Invalid event: Field required");
      assertEventually(() -> stored(server) == 1);
    }
    try (StreamServer server = server();
        TestClient client = TestClient.authenticated(server.url("in"))) {
      client.send(event("good"));
      client.send("not json");
      assertThat(client.closing()).startsWith("1007");
      assertEventually(() -> stored(server) == 1);
    }
  }

  @Test
  void an_event_that_is_too_large_is_dropped_and_the_next_one_is_taken() throws Exception {
    try (StreamServer server =
            new StreamServer(
                StreamSettings.DEFAULT, new EventLimits(2_000, 10, 10, 50), log -> log);
        TestClient client = TestClient.authenticated(server.url("in"))) {
      client.send(event("x".repeat(1_990)));
      client.send(event("small"));
      client.ping("p");
      client.pong();
      assertThat(stored(server)).isEqualTo(1);
    }
  }

  @Test
  void the_handshake_is_prefects() throws Exception {
    try (StreamServer server = serverWithAuth()) {
      assertThat(refusal(server, "{\"type\":\"hello\"}")).isEqualTo("1008 Expected 'auth' message");
      assertThat(refusal(server, "{\"type\":\"auth\",\"token\":null}"))
          .isEqualTo("1008 Auth required but no token provided");
      assertThat(refusal(server, "{\"type\":\"auth\",\"token\":\"x\"}"))
          .isEqualTo("1008 Invalid token");
      try (TestClient client = new TestClient(server.url("in"), "prefect")) {
        client.send("{\"type\":\"auth\",\"token\":\"admin:secret\"}");
        assertThat(client.next()).isEqualTo("{\"type\":\"auth_success\"}");
      }
      assertThatThrownBy(() -> new TestClient(server.url("in"), null))
          .hasRootCauseMessage("Unexpected HTTP response status code 403");
    }
  }

  private static String refusal(StreamServer server, String opening) throws Exception {
    try (TestClient client = new TestClient(server.url("out"), "prefect")) {
      client.send(opening);
      return client.closing();
    }
  }

  @Test
  void an_old_client_without_subprotocol_is_not_asked_for_authentication() throws Exception {
    try (StreamServer server = server();
        TestClient client = new TestClient(server.url("in"), null)) {
      client.send(event("old"));
      client.ping("p");
      client.pong();
      assertThat(stored(server)).isEqualTo(1);
    }
  }

  @Test
  void a_wrong_filter_is_refused() throws Exception {
    try (StreamServer server = server()) {
      try (TestClient client = TestClient.authenticated(server.url("out"))) {
        client.send("{\"type\":\"other\"}");
        assertThat(client.closing()).isEqualTo("1002 Expected 'filter' message");
      }
      try (TestClient client = TestClient.authenticated(server.url("out"))) {
        client.send("{\"type\":\"filter\",\"filter\":{\"what\":1}}");
        assertThat(client.closing()).startsWith("1002 Invalid filter: ");
      }
    }
  }

  @Test
  void a_subscriber_that_joins_in_mid_stream_gets_every_event_once() throws Exception {
    int events = 3_000;
    int subscribers = 6;
    try (StreamServer server = server();
        TestClient in = TestClient.authenticated(server.url("in"))) {
      List<TestClient> outs = new ArrayList<>();
      CountDownLatch sent = new CountDownLatch(1);
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < events; i++) {
                      in.send(event("n." + i));
                    }
                    sent.countDown();
                  });
      for (int i = 0; i < subscribers; i++) {
        TestClient out = TestClient.authenticated(server.url("out"));
        out.send(filter(",\"event\":{\"prefix\":[\"n.\"]}"));
        outs.add(out);
      }
      sent.await();
      sender.join();
      in.ping("p");
      in.pong();
      for (TestClient out : outs) {
        List<String> names = new ArrayList<>();
        while (names.size() < events) {
          names.add(out.nextEvent().get("event").stringValue());
        }
        assertThat(names).doesNotHaveDuplicates().hasSize(events);
        assertThat(out.messages.poll(50, TimeUnit.MILLISECONDS)).isNull();
        out.close();
      }
    }
  }

  @Test
  void only_matching_events_come_and_the_shape_is_prefects() throws Exception {
    try (StreamServer server = server();
        TestClient in = TestClient.authenticated(server.url("in"));
        TestClient out = TestClient.authenticated(server.url("out"))) {
      UUID before = UUID.randomUUID();
      in.send(event("other"));
      in.send(event(before, "wanted.before", Instant.now().minusSeconds(60)));
      in.send(event(UUID.randomUUID(), "wanted.long.ago", Instant.now().minusSeconds(3_600)));
      in.ping("p");
      in.pong();
      out.send(filter(",\"event\":{\"prefix\":[\"wanted\"]}"));
      var event = out.nextEvent();
      assertThat(event.get("id").stringValue()).isEqualTo(before.toString());
      assertThat(event.propertyNames())
          .containsExactly(
              "occurred", "event", "resource", "related", "payload", "id", "follows", "received");
      in.send(event("other"));
      in.send(event("wanted.after"));
      assertThat(out.nextEvent().get("event").stringValue()).isEqualTo("wanted.after");
    }
  }

  @Test
  void without_until_nothing_live_comes_because_the_window_ends_at_the_connection()
      throws Exception {
    try (StreamServer server = server();
        TestClient in = TestClient.authenticated(server.url("in"));
        TestClient out = TestClient.authenticated(server.url("out"))) {
      in.send(event("stored"));
      in.ping("p");
      in.pong();
      out.send("{\"type\":\"filter\",\"filter\":{}}");
      assertThat(out.nextEvent().get("event").stringValue()).isEqualTo("stored");
      in.send(event("later"));
      in.ping("q");
      in.pong();
      assertThat(out.messages.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  @Test
  void a_silent_client_is_pinged_and_one_that_is_gone_is_dropped() throws Exception {
    StreamSettings usual = StreamSettings.DEFAULT;
    StreamSettings hasty =
        new StreamSettings(
            null,
            usual.backfillPageSize(),
            usual.maximumBackfill(),
            java.time.Duration.ofMillis(200),
            java.time.Duration.ofMillis(600));
    try (StreamServer server = new StreamServer(hasty, LIMITS, log -> log);
        TestClient alive = TestClient.authenticated(server.url("out"));
        java.net.Socket mute = new java.net.Socket()) {
      java.net.URI url = java.net.URI.create(server.url("out"));
      mute.connect(
          new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), url.getPort()));
      mute.getOutputStream()
          .write(
              ("GET "
                      + url.getPath()
                      + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                      + "Sec-WebSocket-Version: 13\r\n\r\n")
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      mute.setSoTimeout(20_000);
      byte[] all = mute.getInputStream().readAllBytes(); // ends only because the server hangs up
      assertThat(new String(all, java.nio.charset.StandardCharsets.ISO_8859_1))
          .contains("101")
          .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      alive.send(filter(""));
      assertThat(alive.closed).isNotDone();
    }
  }

  @Test
  void a_subscriber_that_does_not_read_is_cut_off_and_counted() throws Exception {
    try (StreamServer server = server();
        TestClient in = TestClient.authenticated(server.url("in"));
        java.net.Socket lazy = new java.net.Socket()) {
      java.net.URI url = java.net.URI.create(server.url("out"));
      lazy.setReceiveBufferSize(4_096);
      lazy.connect(
          new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), url.getPort()));
      lazy.getOutputStream()
          .write(
              ("GET "
                      + url.getPath()
                      + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                      + "Sec-WebSocket-Version: 13\r\n\r\n")
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      lazy.getInputStream().read();
      byte[] opening = filter("").getBytes(java.nio.charset.StandardCharsets.UTF_8);
      lazy.getOutputStream()
          .write(new byte[] {(byte) 0x81, (byte) (0x80 | opening.length), 0, 0, 0, 0});
      lazy.getOutputStream().write(opening);
      String large = event("large").replace("{\"a\":1}", "{\"a\":\"" + "x".repeat(200_000) + "\"}");
      var cutOff = server.meters.counter("annals.events.out.slow.subscribers.cut.off");
      for (int i = 0; i < 200 && cutOff.count() == 0; i++) {
        in.send(large.replaceFirst("\"id\":\"[^\"]*", "\"id\":\"" + UUID.randomUUID()));
        in.ping("p");
        in.pong();
      }
      assertEventually(() -> cutOff.count() == 1);
    }
  }

  private static void assertEventually(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(25);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
