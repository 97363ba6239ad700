package io.annals.app.stream;

import io.annals.events.log.Face;
import io.annals.events.log.LoggedEvent;
import io.annals.query.event.EventView;
import io.annals.query.log.LogTail;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** One reader of the log's tail for all subscribers of this node; without any it rests. */
public final class LiveEvents implements AutoCloseable {
  private static final int READ_BATCH = 1_000;
  private static final Duration READ_WAIT = Duration.ofSeconds(5);
  private static final long RETRY_MILLIS = 500;
  private static final Logger log = LoggerFactory.getLogger(LiveEvents.class);

  /** Somebody to be told about every event that has a face, in the order of the log. */
  interface Subscriber {
    /** Whether the event is of interest. */
    boolean wants(Face face);

    /** The message for it; the same bytes go to everybody. */
    void take(byte[] message);
  }

  private final LogTail tail;
  private final JsonMapper json;
  private final ReentrantLock moving = new ReentrantLock();
  private final Condition subscribed = moving.newCondition();
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final Thread reader;
  private long position;
  private volatile boolean closed;

  /** Begins to follow the log with the first subscriber. */
  public LiveEvents(LogTail tail, JsonMapper json) {
    this.tail = tail;
    this.json = json;
    this.reader = Thread.ofVirtual().name("annals-live-events").start(this::follow);
  }

  /**
   * Adds a subscriber.
   *
   * @return the position after which it is told of everything, and before which of nothing
   */
  long subscribe(Subscriber subscriber) {
    moving.lock();
    try {
      if (subscribers.isEmpty()) {
        position = tail.head();
      }
      subscribers.add(subscriber);
      subscribed.signal();
      return position;
    } finally {
      moving.unlock();
    }
  }

  /** Tells it of nothing more. */
  void unsubscribe(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  /** The message that carries an event. */
  byte[] message(EventView event) {
    return ("{\"type\":\"event\",\"event\":" + json.writeValueAsString(event) + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private void follow() {
    while (!closed) {
      try {
        deliver(tail.read(awaitSubscriber(), READ_BATCH, READ_WAIT));
      } catch (InterruptedException stopping) {
        return;
      } catch (SQLException | RuntimeException failure) {
        log.warn("The tail of the log cannot be read; trying again", failure);
        if (!pause()) {
          return;
        }
      }
    }
  }

  /** The position up to which all subscribers, of whom there is one, have been told. */
  private long awaitSubscriber() throws InterruptedException {
    moving.lockInterruptibly();
    try {
      while (subscribers.isEmpty()) {
        subscribed.await();
      }
      return position;
    } finally {
      moving.unlock();
    }
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      return true;
    } catch (InterruptedException stopping) {
      return false;
    }
  }

  private void deliver(List<LoggedEvent> events) {
    for (LoggedEvent event : events) {
      moving.lock();
      try {
        // What was read for subscribers who left is not for those who came since.
        if (event.position() > position) {
          deliver(event);
          position = event.position();
        }
      } finally {
        moving.unlock();
      }
    }
  }

  private void deliver(LoggedEvent event) {
    Face face = event.face();
    if (face == null) {
      return;
    }
    byte @Nullable [] message = null;
    for (Subscriber subscriber : subscribers) {
      if (subscriber.wants(face)) {
        if (message == null) {
          message = message(EventView.of(face, event.recorded()));
        }
        subscriber.take(message);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
  }
}
