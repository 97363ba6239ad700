package io.annals.app.stream;

import io.annals.command.decision.UnavailableException;
import io.annals.command.log.ObservedAppender;
import io.annals.events.log.Face;
import io.annals.events.log.Origin;
import io.annals.query.event.EventLimits;
import io.annals.query.event.EventReader;
import io.annals.query.event.InvalidEventException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what clients report. A pong says that everything before the ping is committed: clients
 * forget what a pong has confirmed.
 */
public final class EventsIn {
  /** Events that are handed to the log together: a few clients fill a commit, and little waits. */
  static final int MAX_BATCH = 250;

  /** Characters that are handed to the log together, give or take the last event. */
  static final int MAX_BATCH_CHARACTERS = 1 << 20;

  /**
   * Batches of one client on their way into the log; then its socket is not read any more. One is
   * being committed while the next one waits.
   */
  static final int MAX_BATCHES_UNDER_WAY = 2;

  private static final long FULL_PAUSE_MILLIS = 20;
  private static final Logger log = LoggerFactory.getLogger(EventsIn.class);

  private final ObservedAppender appender;
  private final EventReader reader;
  private final EventLimits limits;
  private final Counter received;
  private final Counter dropped;

  /** Takes in events within the given limits. */
  public EventsIn(ObservedAppender appender, EventLimits limits, MeterRegistry meters) {
    this.appender = appender;
    this.reader = new EventReader(limits);
    this.limits = limits;
    this.received = meters.counter("annals.events.in.received");
    this.dropped = meters.counter("annals.events.in.too.large");
  }

  /** The longest message that is read at all. */
  int maxMessageBytes() {
    return limits.maximumSizeBytes();
  }

  /** Starts to listen to one client. */
  Conversation listen(Origin origin) {
    return new Intake(origin);
  }

  private final class Intake implements Conversation {
    private final Origin origin;
    private final ArrayDeque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
    private List<Face> batch = new ArrayList<>();
    private int characters;

    Intake(Origin origin) {
      this.origin = origin;
    }

    @Override
    public void text(Socket socket, String message) {
      try {
        batch.add(reader.one(message));
        characters += message.length();
        received.increment();
      } catch (InvalidEventException invalid) {
        handOver(socket);
        boolean isJson = !invalid.problems().getFirst().type().equals("json_invalid");
        socket.close(
            isJson ? CloseCode.POLICY_VIOLATION : CloseCode.NOT_UTF8_OR_JSON,
            "Invalid event: " + invalid.getMessage());
        return;
      }
      if (batch.size() >= MAX_BATCH || characters >= MAX_BATCH_CHARACTERS) {
        handOver(socket);
      }
    }

    @Override
    public void tooLong(Socket socket) {
      dropped.increment();
      log.warn("An event larger than {} bytes was dropped", limits.maximumSizeBytes());
    }

    @Override
    public void caughtUp(Socket socket) {
      handOver(socket);
    }

    @Override
    public void beforePong(Socket socket) {
      handOver(socket);
      while (!underWay.isEmpty() && awaitOldest(socket)) {
        // until nothing is left that the pong would wrongly confirm
      }
    }

    @Override
    public void closed(Socket socket) {
      batch = new ArrayList<>();
    }

    private void handOver(Socket socket) {
      while (!batch.isEmpty() && socket.isOpen()) {
        while (!underWay.isEmpty() && isSettled(underWay.getFirst())) {
          awaitOldest(socket);
        }
        if (underWay.size() >= MAX_BATCHES_UNDER_WAY) {
          awaitOldest(socket);
          continue;
        }
        try {
          underWay.add(appender.append(batch, origin));
          batch = new ArrayList<>();
          characters = 0;
        } catch (UnavailableException full) {
          awaitRoom(socket);
        }
      }
    }

    private static boolean isSettled(CompletableFuture<Void> commit) {
      return commit.isDone();
    }

    /** Whoever does not read makes the client's sending wait; nothing is lost by it. */
    private void awaitRoom(Socket socket) {
      if (!underWay.isEmpty()) {
        awaitOldest(socket);
        return;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(FULL_PAUSE_MILLIS);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        socket.close(CloseCode.SERVICE_RESTART, "Server is stopping");
      }
    }

    /** Waits for the oldest batch; a batch that failed ends the connection without its pong. */
    private boolean awaitOldest(Socket socket) {
      try {
        underWay.removeFirst().join();
        return true;
      } catch (CompletionException | java.util.concurrent.CancellationException failure) {
        log.warn("Events of a client could not be stored; it will send them again", failure);
        underWay.clear();
        socket.close(CloseCode.INTERNAL_ERROR, "Events could not be stored");
        return false;
      }
    }
  }
}
