package io.annals.app.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All websockets of this node: keeps them alive, and says goodbye when the server stops. */
public final class OpenSockets implements AutoCloseable {
  /** Websockets that one node holds at most. */
  public static final int MAX_OPEN = 10_000;

  private static final int TICKS_PER_PING = 4;
  private static final Logger log = LoggerFactory.getLogger(OpenSockets.class);

  private final Set<WebSocketConnection> open = ConcurrentHashMap.newKeySet();
  private final StreamSettings settings;
  private final Thread keeper;
  private volatile boolean closed;

  /** Starts to look after connections. */
  public OpenSockets(StreamSettings settings, MeterRegistry meters) {
    this.settings = settings;
    Gauge.builder("annals.websockets.open", open, Set::size).register(meters);
    keeper = Thread.ofVirtual().name("annals-keep-alive").start(this::keepAlive);
  }

  boolean isFull() {
    return closed || open.size() >= MAX_OPEN;
  }

  void opened(WebSocketConnection socket) {
    open.add(socket);
  }

  void gone(WebSocketConnection socket) {
    open.remove(socket);
  }

  private void keepAlive() {
    long pingEvery = settings.pingEvery().toNanos();
    long pongWithin = settings.pongWithin().toNanos();
    try {
      while (!closed) {
        TimeUnit.NANOSECONDS.sleep(Math.max(1, pingEvery / TICKS_PER_PING));
        long now = System.nanoTime();
        open.forEach(socket -> keepAlive(socket, now, pingEvery, pongWithin));
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that fails keeps none of the others from its ping. */
  private static void keepAlive(
      WebSocketConnection socket, long nowNanos, long pingEveryNanos, long pongWithinNanos) {
    try {
      socket.keepAlive(nowNanos, pingEveryNanos, pongWithinNanos);
    } catch (RuntimeException failure) {
      log.warn("A websocket could not be looked after", failure);
    }
  }

  @Override
  public void close() {
    closed = true;
    keeper.interrupt();
    open.forEach(socket -> socket.close(CloseCode.SERVICE_RESTART, "Server is stopping"));
  }
}
