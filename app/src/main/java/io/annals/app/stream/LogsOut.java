package io.annals.app.stream;

import io.annals.query.request.InvalidRequest;
import io.annals.query.request.RequestReader;
import io.annals.query.request.WireJson;
import io.annals.query.runlog.LogFilter;
import io.annals.query.runlog.LogView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends log lines to subscribers as they are stored; there is no backfill, as in Prefect. */
public final class LogsOut {
  /** The longest message that a subscriber may send. */
  static final int MAX_MESSAGE_BYTES = 64 * 1_024;

  private final boolean enabled;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final Counter cutOff;

  /**
   * Prepares the stream.
   *
   * @param enabled whether lines are published and fed to subscribers
   *     (PREFECT_SERVER_LOGS_STREAM_PUBLISHING_ENABLED and …_STREAM_OUT_ENABLED); if not they
   *     connect and hear nothing
   */
  public LogsOut(boolean enabled, MeterRegistry meters) {
    this.enabled = enabled;
    this.cutOff = meters.counter("annals.logs.out.slow.subscribers.cut.off");
  }

  /** Starts to serve one subscriber, which says first what it wants. */
  Conversation serve(Socket socket) {
    return new Subscription(socket);
  }

  /** Tells subscribers of lines that were just stored. */
  public void publish(List<LogView> lines) {
    if (!enabled || subscriptions.isEmpty()) {
      return;
    }
    for (LogView line : lines) {
      byte @Nullable [] message = null;
      for (Subscription subscription : subscriptions) {
        if (subscription.wants(line)) {
          message = message == null ? message(line) : message;
          subscription.send(message);
        }
      }
    }
  }

  /** Streamed lines have no times of creation, as in Prefect. */
  private static byte[] message(LogView line) {
    ObjectNode log = WireJson.MAPPER.<ObjectNode>valueToTree(line);
    log.putNull("created").putNull("updated");
    ObjectNode message = WireJson.MAPPER.createObjectNode().put("type", "log");
    message.set("log", log);
    return message.toString().getBytes(StandardCharsets.UTF_8);
  }

  private final class Subscription implements Conversation {
    private final Socket socket;
    private volatile @Nullable LogFilter filter;

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
      try {
        filter = RequestReader.read(LogFilter.class, opening.path("filter"));
        subscriptions.add(this);
        if (!socket.isOpen()) {
          subscriptions.remove(this); // it went while it was being taken in
        }
      } catch (InvalidRequest invalid) {
        socket.close(CloseCode.PROTOCOL_ERROR, "Invalid filter: " + invalid.getMessage());
      }
    }

    boolean wants(LogView line) {
      LogFilter wanted = filter;
      return wanted != null && wanted.matches(line);
    }

    void send(byte[] message) {
      if (socket.send(message)) {
        return;
      }
      subscriptions.remove(this);
      if (socket.isOpen()) {
        cutOff.increment();
        socket.close(CloseCode.TRY_AGAIN_LATER, "Subscriber is too slow");
      }
    }

    @Override
    public void closed(Socket from) {
      subscriptions.remove(this);
    }
  }
}
