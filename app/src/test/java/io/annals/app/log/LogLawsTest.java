package io.annals.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.command.decision.UnavailableException;
import io.annals.command.log.InlineProjections;
import io.annals.command.log.LogLimits;
import io.annals.events.flow.FlowEvent.FlowTagged;
import io.annals.events.log.LoggedEvent;
import io.annals.events.log.Origin;
import io.annals.events.sql.Transaction;
import io.annals.query.log.LogReader;
import io.annals.query.log.LogTail;
import io.micrometer.core.instrument.Gauge;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

class LogLawsTest {
  private static final int WRITERS = 32;
  private static final int STREAMS = 20;
  private static final int EVENTS_PER_STREAM = 25;

  private final String url = TestPostgres.freshDatabaseWithDays();

  @Test
  void thirty_two_writers_leave_one_dense_order_that_followers_see_whole() throws Exception {
    try (TestNode node = new TestNode(url, (transaction, events) -> {});
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int total = STREAMS * EVENTS_PER_STREAM;
      List<Future<List<LoggedEvent>>> followers = new ArrayList<>();
      for (int follower = 0; follower < 4; follower++) {
        int batch = 1 + follower * 50;
        followers.add(threads.submit(() -> follow(node, total, batch)));
      }
      write(node, node, threads);

      for (Future<List<LoggedEvent>> follower : followers) {
        List<LoggedEvent> seen = follower.get(60, TimeUnit.SECONDS);
        assertThat(seen.stream().map(LoggedEvent::position))
            .containsExactlyElementsOf(LongStream.rangeClosed(1, total).boxed().toList());
        assertThat(seen.stream().map(LoggedEvent::id)).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void two_nodes_over_one_database_share_one_dense_order() throws Exception {
    try (TestNode first = new TestNode(url, (transaction, events) -> {});
        TestNode second = new TestNode(url, (transaction, events) -> {});
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int total = STREAMS * EVENTS_PER_STREAM;
      Future<List<LoggedEvent>> onFirst = threads.submit(() -> follow(first, total, 7));
      Future<List<LoggedEvent>> onSecond = threads.submit(() -> follow(second, total, 100));
      write(first, second, threads);

      List<UUID> seenByFirst =
          onFirst.get(60, TimeUnit.SECONDS).stream().map(LoggedEvent::id).toList();
      List<UUID> seenBySecond =
          onSecond.get(60, TimeUnit.SECONDS).stream().map(LoggedEvent::id).toList();
      assertThat(seenByFirst).hasSize(total).doesNotHaveDuplicates().isEqualTo(seenBySecond);
      assertThat(
              TestPostgres.number(
                  first.reader,
                  "SELECT count(*) FROM (SELECT position, row_number() OVER (ORDER BY position) n"
                      + " FROM event_log) numbered WHERE position <> n"))
          .isZero();
    }
  }

  @Test
  void the_slower_of_two_writers_to_one_version_gets_a_conflict() {
    try (TestNode first = new TestNode(url, (transaction, events) -> {});
        TestNode second = new TestNode(url, (transaction, events) -> {})) {
      first.append("flow-a", 0, "first");
      assertThatThrownBy(() -> second.append("flow-a", 0, "second"))
          .isInstanceOf(ConcurrencyException.class);
      assertThat(TestPostgres.number(first.reader, "SELECT count(*) FROM event_log")).isEqualTo(1);
    }
  }

  @Test
  void a_writer_that_another_has_overtaken_appends_behind_it() {
    try (TestNode first = new TestNode(url, (transaction, events) -> {});
        TestNode second = new TestNode(url, (transaction, events) -> {})) {
      first.append("flow-a", 0, "first");
      second.append("flow-b", 0, "second");
      first.append("flow-a", 1, "first");
      second.append("flow-b", 1, "second");
      assertThat(TestPostgres.number(first.reader, "SELECT count(*) FROM event_log")).isEqualTo(4);
      assertThat(TestPostgres.number(first.reader, "SELECT position FROM log_head")).isEqualTo(4);
    }
  }

  @Test
  void a_throwing_projection_leaves_nothing_behind() {
    try (TestNode node = new TestNode(url, LogLawsTest::refusePoison)) {
      assertThatThrownBy(() -> node.append("flow-a", 0, "poison")).hasMessageContaining("poison");
      assertThat(TestPostgres.number(node.reader, "SELECT count(*) FROM event_log")).isZero();
      assertThat(TestPostgres.number(node.reader, "SELECT position FROM log_head")).isZero();
    }
  }

  @Test
  void a_poisoned_command_takes_none_of_its_neighbours_down() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch everybodyWaits = new CountDownLatch(1);
    try (TestNode node =
            new TestNode(
                url,
                (transaction, events) -> {
                  entered.countDown();
                  await(everybodyWaits);
                  refusePoison(transaction, events);
                });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writes = new ArrayList<>();
      writes.add(threads.submit(() -> node.append("flow-0", 0, "good")));
      await(entered);
      for (int writer = 1; writer < 10; writer++) {
        String tag = writer == 5 ? "poison" : "good";
        String stream = "flow-" + writer;
        writes.add(threads.submit(() -> node.append(stream, 0, tag)));
      }
      awaitWaiting(node, 9); // they are one batch
      everybodyWaits.countDown();
      int failed = 0;
      for (Future<?> write : writes) {
        failed += succeeded(write) ? 0 : 1;
      }
      assertThat(failed).isEqualTo(1);
      assertThat(TestPostgres.number(node.reader, "SELECT count(*) FROM event_log")).isEqualTo(9);
      assertThat(TestPostgres.number(node.reader, "SELECT position FROM log_head")).isEqualTo(9);
    }
  }

  private static void awaitWaiting(TestNode node, int events) {
    Gauge waiting = node.meters.get("annals.log.waiting.events").gauge();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (waiting.value() != events) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void an_observed_event_sent_again_is_stored_once() throws Exception {
    try (TestNode node = new TestNode(url, (transaction, events) -> {})) {
      UUID id = TestNode.newId();
      var twice = List.of(TestNode.observed(id, "a.b"), TestNode.observed(id, "a.b"));
      node.committer.append(twice, Origin.NONE).get(10, TimeUnit.SECONDS);
      node.committer.append(twice, Origin.NONE).get(10, TimeUnit.SECONDS);
      assertThat(TestPostgres.number(node.reader, "SELECT count(*) FROM event_log")).isEqualTo(1);
      assertThat(TestPostgres.number(node.reader, "SELECT position FROM log_head")).isEqualTo(1);
    }
  }

  @Test
  void past_the_bound_of_the_queue_callers_are_told_to_come_back() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    try (TestNode node =
        new TestNode(url, (transaction, events) -> await(blocked), LogLimits.ofEvents(3, 1))) {
      List<Future<Void>> queued = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (int event = 0; event < 10; event++) {
                  queued.add(
                      node.committer.append(
                          List.of(TestNode.observed(TestNode.newId(), "a.b")), Origin.NONE));
                }
              })
          .isInstanceOf(UnavailableException.class);
      blocked.countDown();
      for (Future<Void> append : queued) {
        append.get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void past_the_bound_of_the_queue_in_characters_too() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    InlineProjections blocking =
        (transaction, events) -> {
          entered.countDown();
          await(blocked);
        };
    try (TestNode node = new TestNode(url, blocking, new LogLimits(100, 1, 10, 1_000_000))) {
      Future<Void> beingCommitted = node.appendObserved();
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      Future<Void> longButAlone = node.appendObserved();
      assertThatThrownBy(node::appendObserved).isInstanceOf(UnavailableException.class);
      blocked.countDown();
      beingCommitted.get(10, TimeUnit.SECONDS);
      longButAlone.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_batch_is_no_longer_than_its_bound_in_characters() throws Exception {
    List<Integer> batches = new CopyOnWriteArrayList<>();
    InlineProjections counting = (transaction, events) -> batches.add(events.size());
    try (TestNode node = new TestNode(url, counting, new LogLimits(100, 100, 1_000_000, 10))) {
      List<Future<Void>> queued = new ArrayList<>();
      for (int event = 0; event < 20; event++) {
        queued.add(node.appendObserved());
      }
      for (Future<Void> append : queued) {
        append.get(10, TimeUnit.SECONDS);
      }
      assertThat(batches).hasSize(20).containsOnly(1);
    }
  }

  @Test
  void what_is_too_long_to_be_kept_in_memory_is_read_from_the_table() throws Exception {
    try (TestNode node = new TestNode(url, (transaction, events) -> {});
        LogTail other = new LogTail(node.reader, new LogReader(TestNode.CODEC))) {
      node.appendObserved().get(10, TimeUnit.SECONDS);
      List<LoggedEvent> stored = node.tail.read(0, 10, Duration.ofSeconds(10));
      other.committed(stored, LogTail.MAX_RECENT_CHARACTERS + 1);
      assertThat(other.read(0, 10, Duration.ofSeconds(10)))
          .extracting(LoggedEvent::id)
          .containsExactly(stored.getFirst().id());
    }
  }

  @Test
  void what_is_queued_at_the_stop_is_still_written() {
    try (TestNode node = new TestNode(url, (transaction, events) -> {})) {
      List<Future<Void>> queued =
          IntStream.range(0, 200)
              .mapToObj(
                  event ->
                      node.committer.append(
                          List.of(TestNode.observed(TestNode.newId(), "a.b")), Origin.NONE))
              .<Future<Void>>map(future -> future)
              .toList();
      node.committer.close();
      assertThat(queued).allMatch(Future::isDone);
      assertThat(TestPostgres.number(node.reader, "SELECT count(*) FROM event_log")).isEqualTo(200);
    }
  }

  /** Each stream is written by one writer at a time, but the streams in a shuffled order. */
  private static void write(TestNode even, TestNode odd, ExecutorService threads) throws Exception {
    Map<Integer, Integer> versions = new ConcurrentHashMap<>();
    List<Integer> work = new ArrayList<>();
    for (int stream = 0; stream < STREAMS; stream++) {
      work.addAll(Collections.nCopies(EVENTS_PER_STREAM, stream));
    }
    Collections.shuffle(work, new Random(7));
    List<Callable<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      List<Integer> share =
          work.subList(writer * work.size() / WRITERS, (writer + 1) * work.size() / WRITERS);
      writers.add(
          () -> {
            for (int stream : share) {
              versions.compute(
                  stream,
                  (key, written) -> {
                    int version = written == null ? 0 : written;
                    TestNode node = (stream + version) % 2 == 0 ? even : odd;
                    node.append("flow-" + key, version, "w");
                    return version + 1;
                  });
            }
            return null;
          });
    }
    for (Future<Void> writer : threads.invokeAll(writers)) {
      writer.get();
    }
  }

  private static List<LoggedEvent> follow(TestNode node, int total, int batch)
      throws InterruptedException, SQLException {
    List<LoggedEvent> seen = new ArrayList<>();
    long position = 0;
    while (seen.size() < total) {
      List<LoggedEvent> next = node.tail.read(position, batch, Duration.ofSeconds(30));
      if (next.isEmpty()) {
        return seen;
      }
      seen.addAll(next);
      position = next.getLast().position();
    }
    return seen;
  }

  private static void refusePoison(Transaction transaction, List<LoggedEvent> events)
      throws SQLException {
    try (Statement statement = transaction.connection().createStatement()) {
      for (LoggedEvent event : events) {
        if (event.payload() instanceof FlowTagged tagged && tagged.tags().contains("poison")) {
          statement.execute("SELECT 1 / 0 AS poison");
          throw new IllegalStateException("poison");
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("poison", failure);
    }
  }

  private static boolean succeeded(Future<?> write) throws InterruptedException {
    try {
      write.get();
      return true;
    } catch (java.util.concurrent.ExecutionException expected) {
      return false;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody opened the latch");
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
