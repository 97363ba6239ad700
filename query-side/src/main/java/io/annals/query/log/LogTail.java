package io.annals.query.log;

import io.annals.events.log.LoggedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the log, for followers: each keeps its own position and asks for what comes after it.
 * Recent events are served from memory, older ones from the table. Events of this node wake
 * followers at once; those of other nodes are found by looking at the head now and then.
 */
public final class LogTail implements AutoCloseable {
  /** Events kept in memory for followers that are nearly up to date. */
  public static final int MAX_RECENT_EVENTS = 1_000;

  /** How much of events is kept there, in characters of what is stored of them. */
  public static final long MAX_RECENT_CHARACTERS = 16L << 20;

  /** How often the head is read to find what other nodes committed. */
  public static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  private static final Logger log = LoggerFactory.getLogger(LogTail.class);

  private final DataSource dataSource;
  private final LogReader reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final ArrayDeque<Batch> recent = new ArrayDeque<>();
  private int recentEvents;
  private long recentCharacters;
  private final Thread poller;
  private long head;
  private volatile boolean closed;

  private record Batch(List<LoggedEvent> events, long characters) {
    long first() {
      return events.getFirst().position();
    }

    long last() {
      return events.getLast().position();
    }
  }

  /** Follows the log of one database. */
  public LogTail(DataSource dataSource, LogReader reader) {
    this.dataSource = dataSource;
    this.reader = reader;
    this.head = firstHead();
    this.poller = Thread.ofVirtual().name("annals-log-tail").start(this::pollUntilClosed);
  }

  /** The last position known to be committed. */
  public long head() {
    lock.lock();
    try {
      return head;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes in what this node has just committed.
   *
   * @param characters about how much is stored of the events
   */
  public void committed(List<LoggedEvent> events, long characters) {
    if (events.isEmpty()) {
      return;
    }
    Batch batch = new Batch(events, characters);
    lock.lock();
    try {
      if (!recent.isEmpty() && recent.getLast().last() + 1 != batch.first()) {
        recent.clear(); // another node committed in between: those are read from the table
        recentEvents = 0;
        recentCharacters = 0;
      }
      recent.addLast(batch);
      recentEvents += events.size();
      recentCharacters += characters;
      while (recentEvents > MAX_RECENT_EVENTS || recentCharacters > MAX_RECENT_CHARACTERS) {
        Batch oldest = recent.removeFirst();
        recentEvents -= oldest.events().size();
        recentCharacters -= oldest.characters();
      }
      moveTo(batch.last());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Events after a position, in order and without gaps; waits for the next one when there is none.
   *
   * @param maxWait how long to wait; after it the list is empty
   */
  public List<LoggedEvent> read(long afterPosition, int maxEvents, Duration maxWait)
      throws InterruptedException, SQLException {
    if (!awaitBeyond(afterPosition, maxWait)) {
      return List.of();
    }
    List<LoggedEvent> fromMemory = recentAfter(afterPosition, maxEvents);
    if (!fromMemory.isEmpty()) {
      return fromMemory;
    }
    try (Connection connection = dataSource.getConnection()) {
      return reader.after(connection, afterPosition, maxEvents);
    }
  }

  private boolean awaitBeyond(long position, Duration maxWait) throws InterruptedException {
    long nanos = maxWait.toNanos();
    lock.lockInterruptibly();
    try {
      while (head <= position) {
        if (nanos <= 0) {
          return false;
        }
        nanos = moved.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private List<LoggedEvent> recentAfter(long position, int maxEvents) {
    lock.lock();
    try {
      if (recent.isEmpty() || recent.getFirst().first() > position + 1) {
        return List.of();
      }
      ArrayDeque<Batch> after = new ArrayDeque<>();
      Iterator<Batch> backwards = recent.descendingIterator();
      Batch batch = backwards.next();
      while (batch != null && batch.last() > position) {
        after.addFirst(batch);
        batch = backwards.hasNext() ? backwards.next() : null;
      }
      return after.stream()
          .flatMap(some -> some.events().stream())
          .filter(event -> event.position() > position)
          .limit(maxEvents)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private void moveTo(long position) {
    if (position > head) {
      head = position;
      moved.signalAll();
    }
  }

  private void pollUntilClosed() {
    boolean reachable = true;
    while (!closed) {
      try {
        TimeUnit.NANOSECONDS.sleep(POLL_INTERVAL.toNanos());
        found(readHead());
        if (!reachable) {
          log.warn("The head of the log can be read again");
        }
        reachable = true;
      } catch (InterruptedException closing) {
        return;
      } catch (SQLException unreachable) {
        if (reachable) { // said once: an outage may last for hours
          log.warn("The head of the log cannot be read; trying again", unreachable);
        }
        reachable = false;
      }
    }
  }

  private void found(long committed) {
    lock.lock();
    try {
      moveTo(committed);
    } finally {
      lock.unlock();
    }
  }

  private long firstHead() {
    try {
      return readHead();
    } catch (SQLException failure) {
      throw new IllegalStateException("The head of the log cannot be read", failure);
    }
  }

  private long readHead() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return reader.head(connection);
    }
  }

  @Override
  public void close() {
    closed = true;
    poller.interrupt();
  }
}
