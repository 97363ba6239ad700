package io.annals.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.command.decision.UnavailableException;
import io.annals.command.log.LogLimits;
import io.annals.events.log.Face;
import io.annals.events.log.Origin;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The one thread that commits, which all commands wait for. */
class CommittingThreadTest {
  private static final int SECONDS = 10;

  private final String url = TestPostgres.freshDatabaseWithDays();

  @Test
  void an_error_of_the_machine_ends_one_append_and_not_the_thread() throws Exception {
    AtomicBoolean full = new AtomicBoolean(true);
    try (TestNode node =
        new TestNode(
            url,
            (transaction, events) -> {
              if (full.getAndSet(false)) {
                throw new OutOfMemoryError("so the test says");
              }
            })) {
      assertThatThrownBy(() -> node.appendObserved().get(SECONDS, TimeUnit.SECONDS))
          .hasCauseInstanceOf(UnavailableException.class);
      node.appendObserved().get(SECONDS, TimeUnit.SECONDS);
      assertThat(TestPostgres.number(node.reader, "SELECT count(*) FROM event_log")).isEqualTo(1);
    }
  }

  @Test
  void an_append_larger_than_the_queue_gets_in_alone() throws Exception {
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (TestNode node =
        new TestNode(
            url,
            (transaction, events) -> {
              atWork.countDown();
              await(release);
            },
            LogLimits.ofEvents(3, 1))) {
      Future<Void> first = node.appendObserved();
      await(atWork);
      Future<Void> large = node.committer.append(observed(5), Origin.NONE);
      assertThatThrownBy(node::appendObserved).isInstanceOf(UnavailableException.class);
      release.countDown();
      first.get(SECONDS, TimeUnit.SECONDS);
      large.get(SECONDS, TimeUnit.SECONDS);
    }
  }

  private static List<Face> observed(int events) {
    return Stream.generate(() -> TestNode.observed(TestNode.newId(), "a.b")).limit(events).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody opened the latch");
      }
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }
}
