package io.annals.command.log;

import io.annals.command.decision.UnavailableException;
import io.annals.events.log.EventCodec;
import io.annals.events.log.Face;
import io.annals.events.log.LoggedEvent;
import io.annals.events.log.Origin;
import io.annals.events.sql.SqlState;
import io.annals.events.sql.Transaction;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits everything that waits in one transaction: append, inline projections, commit, answer.
 * While one batch is being written the next one gathers, so batches grow with the load and an idle
 * server adds no delay. One thread, one transaction at a time.
 */
public final class GroupCommitter implements ObservedAppender, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupCommitter.class);

  /**
   * How often those who have just been answered may run before the next batch is gathered, once
   * several wait at a time: many of them ask for the next thing at once, and then share its commit.
   */
  private static final int YIELDS_TO_COMPANY = 2;

  private final DataSource dataSource;
  private final EventCodec codec;
  private final LogEnd end = new LogEnd();
  private final InlineProjections projections;
  private final InstantSource clock;
  private final AppendQueue waiting;
  private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
  private final DistributionSummary batchSizes;
  private final Thread thread;
  private volatile boolean closed;

  /** Starts the committing thread. */
  public GroupCommitter(
      DataSource dataSource,
      EventCodec codec,
      InlineProjections projections,
      InstantSource clock,
      LogLimits limits,
      MeterRegistry meters) {
    this.dataSource = dataSource;
    this.codec = codec;
    this.projections = projections;
    this.clock = clock;
    this.waiting = new AppendQueue(limits);
    this.batchSizes =
        DistributionSummary.builder("annals.log.batch.events")
            .description("Events committed together")
            .register(meters);
    Gauge.builder("annals.log.waiting.events", waiting, AppendQueue::events)
        .description("Events that wait for their commit")
        .register(meters);
    this.thread = Thread.ofPlatform().name("annals-group-commit").start(this::commitUntilClosed);
  }

  /** Tells the listener of every batch from the next one on. */
  public void listen(CommitListener listener) {
    listeners.add(listener);
  }

  @Override
  public CompletableFuture<Void> append(List<Face> faces, Origin origin) {
    List<PendingEvent> events = new ArrayList<>(faces.size());
    for (Face face : faces) {
      events.add(PendingEvent.observed(face, origin));
    }
    return submit(events);
  }

  /**
   * Queues events that stand or fall together.
   *
   * @return completed after the commit
   * @throws UnavailableException when too many events wait already
   * @throws RuntimeException when an event cannot be written as text
   */
  CompletableFuture<Void> submit(List<PendingEvent> events) {
    if (events.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    if (closed) {
      throw stopping();
    }
    Append append = Append.of(events, codec);
    waiting.add(append);
    if (!thread.isAlive()) {
      refuse(waiting.drained(), stopping()); // it went between the question and the queue
    }
    return append.done();
  }

  private void commitUntilClosed() {
    boolean inCompany = false;
    while (!closed || !waiting.isEmpty()) {
      List<Append> batch = gather(inCompany);
      inCompany = batch.size() > 1;
      try {
        commit(batch);
      } catch (Throwable fatal) { // such as no memory: every command waits for this one thread
        log.error("A batch of {} appends failed", batch.size(), fatal);
        refuse(batch, new UnavailableException("The append failed", fatal));
      }
    }
  }

  private static void refuse(List<Append> appends, RuntimeException reason) {
    appends.forEach(append -> append.done().completeExceptionally(reason));
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: without it batches are smaller
  private List<Append> gather(boolean inCompany) {
    Append first = waiting.take();
    for (int yield = 0; inCompany && yield < YIELDS_TO_COMPANY; yield++) {
      Thread.yield();
    }
    return waiting.batch(first);
  }

  /** Commits the batch; when it fails, each append on its own, so that one cannot harm another. */
  private void commit(List<Append> batch) {
    if (batch.stream().allMatch(append -> append.events().isEmpty())) {
      return;
    }
    Attempt attempt = new Attempt(batch, end, projections, clock.instant());
    try {
      List<LoggedEvent> committed = attempt.run(dataSource);
      batchSizes.record(committed.size());
      tell(committed, batch);
      for (Append append : batch) {
        append.done().complete(null);
      }
    } catch (SQLException | RuntimeException failure) {
      if (SqlState.isConnectionLost(failure)) {
        resolve(batch, attempt, failure);
      } else if (batch.size() > 1) {
        batch.forEach(append -> commit(List.of(append)));
      } else {
        batch.getFirst().done().completeExceptionally(SqlFailure.translated(failure));
      }
    }
  }

  private void tell(List<LoggedEvent> committed, List<Append> batch) {
    long characters = batch.stream().mapToLong(Append::characters).sum();
    for (CommitListener listener : listeners) {
      try {
        listener.committed(committed, characters);
      } catch (RuntimeException failure) {
        log.error("A listener failed after the commit of {} events", committed.size(), failure);
      }
    }
  }

  /** Asks once the transaction, which may still run over there, has let go of the log's end. */
  private boolean isStored(Attempt attempt) {
    try (Connection connection = dataSource.getConnection()) {
      Transaction transaction = new Transaction(connection);
      LogRows.takeHead(transaction.connection());
      boolean stored =
          !LogRows.known(transaction.connection(), List.of(attempt.lastId())).isEmpty();
      transaction.rollback();
      return stored;
    } catch (SQLException unreachable) {
      log.warn("Cannot tell whether an append was committed", unreachable);
      return false;
    }
  }

  /**
   * The connection broke. Unless COMMIT had been sent nothing was stored; if it had, the log itself
   * says what became of it.
   */
  private void resolve(List<Append> batch, Attempt attempt, Exception failure) {
    if (attempt.inDoubt() && isStored(attempt)) {
      tell(attempt.logged(), batch);
      batch.forEach(append -> append.done().complete(null));
    } else {
      refuse(batch, new UnavailableException("The database is not available", failure));
    }
  }

  private static UnavailableException stopping() {
    return new UnavailableException("The server is stopping");
  }

  /** Writes what is queued, then stops. Later appends are refused. */
  @Override
  public void close() {
    closed = true;
    waiting.addAlways(Append.of(List.of(), codec)); // wakes the thread when it waits for work
    Uninterrupted.join(thread);
  }
}
