package io.annals.query.runlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.query.sql.DayPartitions;
import io.annals.query.sql.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** What becomes of log lines when the database, or one of them, is not as it should be. */
@Timeout(60)
class LogWriterTest {
  private static final DataSource real = MigratedDatabase.create();

  @BeforeAll
  static void makeRoom() throws SQLException {
    new DayPartitions(real, "log").createAhead(Instant.now(), 1);
  }

  private interface Connections {
    Connection get() throws SQLException;
  }

  /** Holds the first batch back until the test has queued what is to be the second one. */
  private static final class Gate extends AbstractDataSource {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch opened = new CountDownLatch(1);
    final AtomicInteger asked = new AtomicInteger();
    private final Connections connections;

    Gate(Connections connections) {
      this.connections = connections;
    }

    @Override
    public Connection getConnection() throws SQLException {
      asked.incrementAndGet();
      entered.countDown();
      try {
        opened.await();
      } catch (InterruptedException stopping) {
        throw new IllegalStateException(stopping);
      }
      return connections.get();
    }

    @Override
    public Connection getConnection(String username, String password) {
      throw new UnsupportedOperationException();
    }
  }

  private static Connection none() throws SQLException {
    throw new SQLTransientConnectionException("Connection is not available");
  }

  private static LogWriter writer(DataSource dataSource) {
    return new LogWriter(dataSource, InstantSource.system(), UUID::randomUUID);
  }

  private static CompletableFuture<List<LogView>> write(LogWriter writer, String message) {
    NewLog line = new NewLog("test", 20, message, Instant.now(), null, null);
    return writer.write(List.of(line)).orElseThrow();
  }

  private static List<CompletableFuture<List<LogView>>> write(
      LogWriter writer, Gate gate, List<String> messages) throws InterruptedException {
    List<CompletableFuture<List<LogView>>> written = new ArrayList<>();
    written.add(write(writer, "first"));
    gate.entered.await();
    messages.forEach(message -> written.add(write(writer, message)));
    return written;
  }

  private static boolean succeeded(CompletableFuture<?> written) throws InterruptedException {
    try {
      written.get(20, TimeUnit.SECONDS);
      return true;
    } catch (java.util.concurrent.ExecutionException failed) {
      return false;
    } catch (java.util.concurrent.TimeoutException never) {
      throw new AssertionError("It was never answered", never);
    }
  }

  @Test
  void a_lost_connection_fails_the_whole_batch_at_once() throws InterruptedException {
    Gate gate = new Gate(LogWriterTest::none);
    try (LogWriter writer = writer(gate)) {
      var written = write(writer, gate, List.of("a", "b", "c", "d", "e"));
      gate.opened.countDown();
      for (CompletableFuture<?> request : written) {
        assertThat(succeeded(request)).isFalse();
      }
      assertThat(gate.asked).hasValue(2);
    }
  }

  @Test
  void a_line_that_cannot_be_stored_harms_no_other() throws InterruptedException {
    Gate gate = new Gate(real::getConnection);
    try (LogWriter writer = writer(gate)) {
      var written = write(writer, gate, List.of("harmless", "poison \0", "harmless"));
      gate.opened.countDown();
      assertThat(succeeded(written.get(0))).isTrue();
      assertThat(succeeded(written.get(1))).isTrue();
      assertThat(succeeded(written.get(2))).isFalse();
      assertThat(succeeded(written.get(3))).isTrue();
    }
    long stored =
        JdbcClient.create(real)
            .sql("SELECT count(*) FROM log WHERE message = 'harmless'")
            .query(Long.class)
            .single();
    assertThat(stored).isEqualTo(2);
  }

  @Test
  void an_error_ends_with_its_batch() throws InterruptedException {
    AtomicInteger times = new AtomicInteger();
    Gate gate =
        new Gate(
            () -> {
              if (times.incrementAndGet() == 1) {
                throw new StackOverflowError("as this test wants it");
              }
              return real.getConnection();
            });
    gate.opened.countDown();
    try (LogWriter writer = writer(gate)) {
      CompletableFuture<?> first = write(writer, "first");
      assertThatThrownBy(first::join).hasRootCauseInstanceOf(StackOverflowError.class);
      assertThat(succeeded(write(writer, "second"))).isTrue();
    }
  }

  @Test
  void whoever_waits_when_it_stops_without_a_database_is_told() throws InterruptedException {
    Gate gate = new Gate(LogWriterTest::none);
    LogWriter writer = writer(gate);
    NewLog line = new NewLog("test", 20, "long", Instant.now(), null, null);
    List<NewLog> wholeBatch = java.util.Collections.nCopies(LogWriter.MAX_BATCH_LINES, line);
    List<CompletableFuture<List<LogView>>> written = new ArrayList<>();
    written.add(write(writer, "first"));
    gate.entered.await();
    for (int batch = 0; batch < 3; batch++) {
      written.add(writer.write(wholeBatch).orElseThrow());
    }
    Thread closer = Thread.ofVirtual().start(writer::close);
    while (writer.write(List.of()).isPresent()) {
      Thread.onSpinWait(); // until it takes nothing more
    }
    gate.opened.countDown();
    closer.join();
    for (CompletableFuture<?> request : written) {
      assertThat(succeeded(request)).isFalse();
    }
    assertThat(gate.asked).hasValue(1);
  }
}
