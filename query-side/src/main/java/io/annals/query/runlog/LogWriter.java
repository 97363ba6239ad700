package io.annals.query.runlog;

import io.annals.events.sql.RowBatch;
import java.sql.Connection;
import java.sql.SQLException;
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

  private final DataSource dataSource;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final LinkedBlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger waitingLines = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;

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
    return Optional.of(request.done().thenApply(nothing -> stored));
  }

  private void writeUntilClosed() {
    while (!closed || !waiting.isEmpty()) {
      List<Request> batch = new ArrayList<>();
      try {
        gather(batch);
      } catch (InterruptedException closing) {
        continue; // what is queued is still written
      }
      commit(batch);
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
    try (Connection connection = dataSource.getConnection()) {
      rows.execute(connection, INSERT);
    }
  }

  private void commit(List<Request> batch) {
    try {
      writeBatch(batch);
      batch.forEach(request -> request.done().complete(null));
    } catch (SQLException | RuntimeException failure) {
      if (batch.size() > 1) {
        batch.forEach(request -> commit(List.of(request)));
      } else {
        batch.getFirst().done().completeExceptionally(failure);
      }
    }
  }

  /** Writes what is queued, then stops. */
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
