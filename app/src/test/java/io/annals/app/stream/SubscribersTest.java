package io.annals.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.log.Face;
import io.annals.events.log.Origin;
import io.annals.query.event.EventLimits;
import io.annals.query.runlog.LogView;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What becomes of subscribers that read slowly, or have gone before they were taken in. */
class SubscribersTest {
  private static final int SOCKET_BYTES = WebSocketConnection.MAX_QUEUED_BYTES;
  private static final int EVENT_BYTES = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static StreamServer server() throws Exception {
    return new StreamServer(StreamSettings.DEFAULT, EventLimits.DEFAULT, log -> log);
  }

  private static TestSocket subscribed(StreamServer server, TestSocket socket, boolean backfill) {
    server
        .out
        .serve(socket)
        .text(
            socket,
            """
            {"type": "filter", "backfill": %s, "filter": {"event": {"prefix": ["large"]},
             "occurred": {"since": "2020-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"}}}
            """
                .formatted(backfill));
    return socket;
  }

  /** Whoever subscribed first has been told of all but the last one when a witness has them all. */
  private static void append(StreamServer server, int events) {
    for (int event = 0; event < events; event++) {
      Face face =
          new Face(
              UUID.randomUUID(),
              Instant.now().truncatedTo(ChronoUnit.MICROS),
              "large",
              Map.of(Face.RESOURCE_ID, "test.1"),
              List.of(),
              JsonNodeFactory.instance.objectNode().put("text", "x".repeat(EVENT_BYTES)),
              null);
      server.committer.append(List.of(face), Origin.NONE).join();
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void what_waited_for_a_backfill_goes_out_as_the_client_takes_it() throws Exception {
    int live = SOCKET_BYTES / EVENT_BYTES + 10;
    try (StreamServer server = server()) {
      append(server, 1);
      TestSocket slow = new TestSocket(SOCKET_BYTES);
      slow.stall();
      subscribed(server, slow, true);
      TestSocket witness = subscribed(server, new TestSocket(Integer.MAX_VALUE), false);
      append(server, live);
      await(() -> witness.messages() == live);
      assertThat(slow.attempts()).as("the backfill waits for its client").isZero();
      slow.readsAgain();
      await(() -> slow.messages() == 1 + live || slow.closed() != null);
      assertThat(slow.closed()).isNull();
      append(server, 1);
      await(() -> slow.messages() == 2 + live);
    }
  }

  @Test
  void whoever_lets_too_much_wait_for_its_backfill_is_cut_off() throws Exception {
    int live = EventsOut.MAX_WAITING_BYTES / EVENT_BYTES + 1;
    try (StreamServer server = server()) {
      append(server, 1);
      TestSocket slow = new TestSocket(SOCKET_BYTES);
      slow.stall();
      subscribed(server, slow, true);
      TestSocket witness = subscribed(server, new TestSocket(Integer.MAX_VALUE), false);
      append(server, live);
      await(() -> witness.messages() == live);
      append(server, 1);
      await(() -> witness.messages() == live + 1);
      assertThat(slow.closed()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
      assertThat(server.meters.counter("annals.events.out.slow.subscribers.cut.off").count())
          .isEqualTo(1);
    }
  }

  @Test
  void one_that_went_while_it_was_taken_in_is_told_nothing() throws Exception {
    try (StreamServer server = server()) {
      TestSocket gone = new TestSocket(SOCKET_BYTES);
      gone.lose();
      subscribed(server, gone, false);
      TestSocket witness = subscribed(server, new TestSocket(Integer.MAX_VALUE), false);
      append(server, 3);
      await(() -> witness.messages() == 3);
      assertThat(gone.attempts()).isZero();
    }
  }

  @Test
  void nor_is_one_of_log_lines() {
    LogsOut logs = new LogsOut(true, new SimpleMeterRegistry());
    TestSocket gone = new TestSocket(SOCKET_BYTES);
    gone.lose();
    TestSocket there = new TestSocket(SOCKET_BYTES);
    for (TestSocket socket : List.of(gone, there)) {
      logs.serve(socket).text(socket, "{\"type\": \"filter\", \"filter\": {}}");
    }
    Instant now = Instant.now();
    UUID id = UUID.randomUUID();
    logs.publish(List.of(new LogView(id, now, now, "test", 20, "line", now, id, null)));
    assertThat(there.messages()).isEqualTo(1);
    assertThat(gone.attempts()).isZero();
    there.lose();
    logs.publish(List.of(new LogView(id, now, now, "test", 20, "line", now, id, null)));
    logs.publish(List.of(new LogView(id, now, now, "test", 20, "line", now, id, null)));
    assertThat(there.attempts()).as("it was let go with the first line it missed").isEqualTo(2);
  }
}
