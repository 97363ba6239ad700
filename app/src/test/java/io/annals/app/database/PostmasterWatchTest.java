package io.annals.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How often something that ends is started again. */
class PostmasterWatchTest {
  private static final Duration OFTEN = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void what_does_not_come_up_is_given_up_after_some_attempts() {
    AtomicInteger attempts = new AtomicInteger();
    try (PostmasterWatch watch =
        new PostmasterWatch(
            () -> false,
            () -> {
              attempts.incrementAndGet();
              throw new IOException("as this test wants it");
            },
            OFTEN)) {
      awaitEnd(watch);
      assertThat(attempts).hasValue(PostmasterWatch.MOST_RESTARTS);
    }
  }

  @Test
  void what_ends_again_and_again_is_given_up_too() {
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger attempts = new AtomicInteger();
    try (PostmasterWatch watch =
        new PostmasterWatch(
            () -> looks.incrementAndGet() % 3 != 0, attempts::incrementAndGet, OFTEN)) {
      awaitEnd(watch);
      assertThat(attempts).hasValue(PostmasterWatch.MOST_RESTARTS);
    }
  }

  @Test
  void what_is_stopped_on_purpose_is_let_be_after_an_attempt_under_way() throws Exception {
    AtomicBoolean runs = new AtomicBoolean();
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    PostmasterWatch watch =
        new PostmasterWatch(
            runs::get,
            () -> {
              underWay.countDown();
              await(go);
              runs.set(true);
            },
            OFTEN);
    await(underWay);
    Thread closing = Thread.ofVirtual().start(watch::close);
    go.countDown();
    assertThat(closing.join(PATIENCE)).isTrue();
    assertThat(runs).isTrue();
    assertThat(watch.isWatching()).isFalse();
  }

  private static void awaitEnd(PostmasterWatch watch) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (watch.isWatching()) {
      assertThat(System.nanoTime()).as("still watching").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }
}
