package io.annals.query.runlog;

import io.annals.events.sql.RowBatch;
import io.annals.events.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores log lines: requests that arrive together share one transaction. A request is answered
 * after its lines are durable.
 */
public final class LogWriter implements AutoCloseable {
  /** Lines that may wait; past it requests are told to come back later. */
  public static final int MAX_QUEUED_LINES = 50_000;

  /** Lines written in one transaction, unless one request has more. */
  public static final int MAX_BATCH_LINES = 2_000;

  private static final String INSERT =
      """
      INSERT INTO log (id, created, name, level, message, timestamp, flow_run_id, task_run_id)
      SELECT id::uuid, created::timestamptz, name, level::smallint, message, timestamp::timestamptz,
          flow_run_id::uuid, task_run_id::uuid
      FROM %s
      """
          .formatted(
              RowBatch.unnest(
                  "l",
                  "id",
                  "created",
                  "name",
                  "level",
                  "message",
                  "timestamp",
                  "flow_run_id",
                  "task_run_id"));

  private static final Logger log = LoggerFactory.getLogger(LogWriter.class);

  private final DataSource dataSource;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final LinkedBlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger waitingLines = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean stopped;

  private record Request(List<LogView> lines, CompletableFuture<Void> done) {}

  /**
   * Starts the writing thread.
   *
   * @param dataSource connections with auto-commit: the lines of a transaction are one statement
   */
  public LogWriter(DataSource dataSource, InstantSource clock, Supplier<UUID> ids) {
    this.dataSource = dataSource;
    this.clock = clock;
    this.ids = ids;
    this.thread = Thread.ofPlatform().name("annals-run-logs").start(this::writeUntilClosed);
  }

  /**
   * Queues lines for the next transaction.
   *
   * @return the lines as stored, completed when they are durable; empty when too many wait already
   */
  public Optional<CompletableFuture<List<LogView>>> write(List<NewLog> lines) {
    if (waitingLines.addAndGet(lines.size()) > MAX_QUEUED_LINES || closed) {
      waitingLines.addAndGet(-lines.size());
      return Optional.empty();
    }
    Instant now = clock.instant();
    List<LogView> stored = new ArrayList<>(lines.size());
    for (NewLog line : lines) {
      stored.add(
          new LogView(
              ids.get(),
              now,
              now,
              line.name(),
              line.level(),
              line.message(),
              line.timestamp(),
              line.flowRunId(),
              line.taskRunId()));
    }
    Request request = new Request(stored, new CompletableFuture<>());
    waiting.add(request);
    if (stopped) {
      failWaiting(); // it stopped in between, and nobody looks any more
    }
    return Optional.of(request.done().thenApply(nothing -> stored));
  }

  private void writeUntilClosed() {
    try {
      while (!closed || !waiting.isEmpty()) {
        writeNext();
      }
    } finally {
      stopped = true;
      failWaiting();
    }
  }

  /** Whatever goes wrong, an Error too, ends with its batch: without this thread lines pile up. */
  private void writeNext() {
    List<Request> batch = new ArrayList<>();
    try {
      gather(batch);
      commit(batch);
    } catch (InterruptedException closing) {
      log.debug("What is queued is still written");
    } catch (Throwable failure) {
      log.error("{} requests with log lines failed", batch.size(), failure);
      fail(batch, failure);
    }
  }

  private void gather(List<Request> batch) throws InterruptedException {
    Request next = waiting.take();
    int lines = 0;
    while (next != null) {
      batch.add(next);
      lines += next.lines().size();
      Request following = waiting.peek();
      boolean fits = following != null && lines + following.lines().size() <= MAX_BATCH_LINES;
      next = fits ? waiting.poll() : null;
    }
    waitingLines.addAndGet(-lines);
  }

  private void writeBatch(List<Request> batch) throws SQLException {
    RowBatch rows = new RowBatch(8);
    for (Request request : batch) {
      for (LogView line : request.lines()) {
        rows.add(
            line.id(),
            line.created(),
            line.name(),
            line.level(),
            line.message(),
            line.timestamp(),
            line.flowRunId(),
            line.taskRunId());
      }
    }
    if (rows.isEmpty()) {
      return; // such as the one that wakes the thread
    }
    try (Connection connection = dataSource.getConnection()) {
      rows.execute(connection, INSERT);
    }
  }

  /**
   * A batch that fails is tried request by request, so that one cannot harm another. Not so when
   * the connection is lost: each request would wait for the pool, and if only the answer was lost,
   * all that is stored would be stored again.
   */
  private void commit(List<Request> batch) {
    try {
      writeBatch(batch);
      batch.forEach(request -> request.done().complete(null));
    } catch (SQLException | RuntimeException failure) {
      if (SqlState.isConnectionLost(failure)) {
        fail(batch, failure);
        giveUpWhenClosed(failure);
      } else if (batch.size() > 1) {
        batch.forEach(request -> commit(List.of(request)));
      } else {
        fail(batch, failure);
      }
    }
  }

  /** A server that stops does not wait for a database that is away. */
  private void giveUpWhenClosed(Exception failure) {
    if (closed) {
      fail(drained(), failure);
    }
  }

  private void failWaiting() {
    fail(drained(), new SQLTransientException("The server is stopping"));
  }

  private List<Request> drained() {
    List<Request> all = new ArrayList<>();
    waiting.drainTo(all);
    waitingLines.addAndGet(-all.stream().mapToInt(request -> request.lines().size()).sum());
    return all;
  }

  private static void fail(List<Request> requests, Throwable failure) {
    requests.forEach(request -> request.done().completeExceptionally(failure));
  }

  /** Writes what is queued, then stops; what cannot be written any more has failed. */
  @Override
  public void close() {
    closed = true;
    waiting.add(new Request(List.of(), new CompletableFuture<>()));
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
