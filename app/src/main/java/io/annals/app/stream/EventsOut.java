package io.annals.app.stream;

import io.annals.events.log.Face;
import io.annals.query.event.EventFilter;
import io.annals.query.event.EventFilterReader;
import io.annals.query.event.EventQueries;
import io.annals.query.event.EventQueries.Cursor;
import io.annals.query.event.EventQueries.Stored;
import io.annals.query.event.EventView;
import io.annals.query.event.InvalidEventException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Sends events to subscribers: first what is stored, then what happens, each exactly once. */
public final class EventsOut {
  /** The longest message that a subscriber may send. */
  static final int MAX_MESSAGE_BYTES = 256 * 1_024;

  /** Live events kept for a subscriber whose backfill is still running. */
  static final int MAX_WAITING_EVENTS = 10_000;

  /** Their bytes; past either bound the subscriber is cut off. */
  static final int MAX_WAITING_BYTES = 8 * 1_024 * 1_024;

  /** Bytes queued for a subscriber at which the backfill, and what waited for it, pause. */
  private static final int PAUSES_AT = 1_024 * 1_024;

  private static final long PAUSE_MILLIS = 10;
  private static final Logger log = LoggerFactory.getLogger(EventsOut.class);

  private final LiveEvents live;
  private final EventQueries stored;
  private final StreamSettings settings;
  private final InstantSource clock;
  private final Counter cutOff;
  private final Counter sent;

  /** Sends what is in the log. */
  public EventsOut(
      LiveEvents live,
      EventQueries stored,
      StreamSettings settings,
      InstantSource clock,
      MeterRegistry meters) {
    this.live = live;
    this.stored = stored;
    this.settings = settings;
    this.clock = clock;
    this.cutOff = meters.counter("annals.events.out.slow.subscribers.cut.off");
    this.sent = meters.counter("annals.events.out.sent");
  }

  /** Starts to serve one subscriber, which says first what it wants. */
  Conversation serve(Socket socket) {
    return new Subscription(socket);
  }

  private final class Subscription implements Conversation, LiveEvents.Subscriber {
    private final Socket socket;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private volatile @Nullable EventFilter filter;

    Subscription(Socket socket) {
      this.socket = socket;
    }

    @Override
    public void text(Socket from, String message) {
      if (filter != null) {
        return; // whatever is said after the filter changes nothing
      }
      JsonNode opening = PrefectHandshake.object(message);
      if (!opening.path("type").asString("").equals("filter")) {
        socket.close(CloseCode.PROTOCOL_ERROR, "Expected 'filter' message");
        return;
      }
      Instant now = clock.instant();
      EventFilter wanted;
      try {
        wanted =
            EventFilterReader.read(opening.get("filter"), List.of(), now)
                .streamedFrom(now.minus(settings.maximumBackfill()));
      } catch (InvalidEventException invalid) {
        socket.close(CloseCode.PROTOCOL_ERROR, "Invalid filter: " + invalid.getMessage());
        return;
      }
      filter = wanted;
      long from0 = live.subscribe(this);
      if (!socket.isOpen()) {
        live.unsubscribe(this); // it went while it was being taken in
        return;
      }
      boolean wantsBackfill = opening.path("backfill").asBoolean(true);
      Thread.ofVirtual().name("annals-backfill").start(() -> begin(wanted, from0, wantsBackfill));
    }

    @Override
    public void closed(Socket from) {
      live.unsubscribe(this);
    }

    @Override
    public boolean wants(Face face) {
      EventFilter wanted = filter;
      return wanted != null && wanted.matches(face);
    }

    /** Live events wait until the stored ones before them are sent. */
    @Override
    public void take(byte[] message) {
      turn.lock();
      try {
        ArrayDeque<byte[]> queue = waiting;
        if (queue == null) {
          send(message);
        } else if (queue.size() < MAX_WAITING_EVENTS
            && waitingBytes + message.length <= MAX_WAITING_BYTES) {
          queue.add(message);
          waitingBytes += message.length;
        } else {
          cutOff();
        }
      } finally {
        turn.unlock();
      }
    }

    private void begin(EventFilter wanted, long upToPosition, boolean wantsBackfill) {
      try {
        if (wantsBackfill) {
          backfill(wanted, upToPosition);
        }
        goLive();
      } catch (SQLException | RuntimeException failure) {
        log.warn("A backfill failed; its subscriber will connect again", failure);
        live.unsubscribe(this);
        socket.close(CloseCode.INTERNAL_ERROR, "Stored events cannot be read");
      } catch (InterruptedException stopping) {
        live.unsubscribe(this);
        socket.close(CloseCode.SERVICE_RESTART, "Server is stopping");
      }
    }

    private void backfill(EventFilter wanted, long upToPosition)
        throws SQLException, InterruptedException {
      Cursor cursor = new Cursor(wanted.since(), -1);
      while (cursor != null && socket.isOpen()) {
        Stored page = stored.stored(wanted, upToPosition, cursor, settings.backfillPageSize());
        for (EventView event : page.events()) {
          sendWhenThereIsRoom(live.message(event));
        }
        cursor = page.next();
      }
    }

    /** What has waited goes out first; meanwhile what happens joins the end of the queue. */
    private void goLive() throws InterruptedException {
      byte[] message = nextWaiting();
      while (message != null && socket.isOpen()) {
        sendWhenThereIsRoom(message);
        message = nextWaiting();
      }
    }

    /** When nothing waits any more, what happens from then on is sent at once. */
    private byte @Nullable [] nextWaiting() {
      turn.lock();
      try {
        ArrayDeque<byte[]> queue = waiting;
        byte[] next = queue == null ? null : queue.poll();
        if (next == null) {
          waiting = null;
        } else {
          waitingBytes -= next.length;
        }
        return next;
      } finally {
        turn.unlock();
      }
    }

    /** Never called with the lock: live delivery, which takes it, would wait for this client. */
    private void sendWhenThereIsRoom(byte[] message) throws InterruptedException {
      while (socket.isOpen() && socket.queuedBytes() > PAUSES_AT) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
      send(message);
    }

    private void send(byte[] message) {
      if (socket.send(message)) {
        sent.increment();
      } else if (socket.isOpen()) {
        cutOff();
      } else {
        live.unsubscribe(this);
      }
    }

    /** A subscriber that connects again asks for what it missed; one that only lags never would. */
    private void cutOff() {
      live.unsubscribe(this);
      cutOff.increment();
      socket.close(CloseCode.TRY_AGAIN_LATER, "Subscriber is too slow");
    }
  }
}
