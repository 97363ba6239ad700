package io.annals.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who looks after websockets that say nothing. */
class OpenSocketsTest {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  /** Says when its silent connection is dropped, and perhaps fails then. */
  private record Dropped(CountDownLatch when, boolean fails) implements Conversation {
    @Override
    public void text(Socket socket, String message) {
      throw new AssertionError("Nobody says anything");
    }

    @Override
    public void closed(Socket socket) {
      when.countDown();
      if (fails) {
        throw new IllegalStateException("as this test wants it");
      }
    }
  }

  @Test
  void one_that_fails_keeps_no_other_from_being_looked_after() throws InterruptedException {
    StreamSettings impatient = new StreamSettings(null, 1, MILLISECOND, MILLISECOND, MILLISECOND);
    try (OpenSockets sockets = new OpenSockets(impatient, new SimpleMeterRegistry())) {
      assertThat(isDropped(sockets, true)).isTrue();
      assertThat(isDropped(sockets, false)).isTrue();
    }
  }

  private static boolean isDropped(OpenSockets sockets, boolean fails) throws InterruptedException {
    CountDownLatch dropped = new CountDownLatch(1);
    WebSocketConnection silent = new WebSocketConnection();
    silent.converse(new Dropped(dropped, fails), sockets, 1);
    sockets.opened(silent);
    return dropped.await(20, TimeUnit.SECONDS);
  }
}
