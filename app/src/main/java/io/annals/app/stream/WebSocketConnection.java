package io.annals.app.stream;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One websocket over a connection that left HTTP. The container calls it when bytes have come or
 * can go; no thread waits for an idle client. Public only because the container creates it.
 *
 * <p>Tomcat's own interface, not the servlet one: a servlet's connection cannot be cut while its
 * client is silent (docs/decisions/0005).
 */
public final class WebSocketConnection
    implements InternalHttpUpgradeHandler, Socket, FrameReader.Sink {
  /** Bytes that may wait for a client that reads slowly. */
  static final int MAX_QUEUED_BYTES = 4 * 1_024 * 1_024;

  private static final int READ_BUFFER = 16 * 1_024;
  private static final Logger log = LoggerFactory.getLogger(WebSocketConnection.class);

  private final ReentrantLock writing = new ReentrantLock();
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final byte[] buffer = new byte[READ_BUFFER];
  private @Nullable Conversation conversation;
  private @Nullable OpenSockets sockets;
  private @Nullable FrameReader frames;
  private @Nullable SocketWrapperBase<?> wire;
  private int queuedBytes;
  private boolean closing;
  private boolean unflushed;
  private volatile long lastHeardNanos = System.nanoTime();
  private volatile long pingedNanos;
  private volatile long closingNanos;
  private volatile boolean awaitingPong;

  /** Made by the container when a request is upgraded. */
  public WebSocketConnection() {}

  /** Tells the connection what to talk about; before the container starts it. */
  void converse(Conversation newConversation, OpenSockets newSockets, int maxMessageBytes) {
    conversation = newConversation;
    sockets = newSockets;
    frames = new FrameReader(this, maxMessageBytes);
  }

  private Conversation conversation() {
    return java.util.Objects.requireNonNull(conversation);
  }

  @Override
  public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
    wire = wrapper;
  }

  @Override
  public void init(WebConnection webConnection) {
    java.util.Objects.requireNonNull(sockets).opened(this);
  }

  @Override
  public SocketState upgradeDispatch(SocketEvent event) {
    switch (event) {
      case OPEN_READ -> readAll();
      case OPEN_WRITE -> pump();
      case STOP -> close(CloseCode.SERVICE_RESTART, "Server is stopping");
      case DISCONNECT, ERROR, TIMEOUT, CONNECT_FAIL -> end();
    }
    return ended.get() ? SocketState.CLOSED : SocketState.UPGRADED;
  }

  private void readAll() {
    SocketWrapperBase<?> from = wire;
    FrameReader reader = frames;
    if (from == null || reader == null) {
      return;
    }
    try {
      int count = from.read(false, buffer, 0, buffer.length);
      while (count > 0 && !ended.get()) {
        lastHeardNanos = System.nanoTime();
        reader.read(buffer, count);
        count = from.read(false, buffer, 0, buffer.length);
      }
      conversation().caughtUp(this);
      if (count < 0) {
        end();
      }
    } catch (IOException gone) {
      log.debug("A websocket broke", gone);
      conversation().caughtUp(this);
      end();
    }
  }

  @Override
  public void timeoutAsync(long now) {
    // silence is the keep-alive's business
  }

  @Override
  public void setSslSupport(SSLSupport sslSupport) {
    // nothing here depends on it
  }

  @Override
  public void pause() {
    close(CloseCode.SERVICE_RESTART, "Server is stopping");
  }

  @Override
  public void destroy() {
    end();
  }

  @Override
  public void text(String message) {
    if (isOpen()) {
      conversation().text(this, message);
    }
  }

  @Override
  public void tooLong() {
    conversation().tooLong(this);
  }

  @Override
  public void ping(byte[] payload) {
    conversation().beforePong(this);
    enqueue(ServerFrame.of(FrameReader.PONG, payload), true);
  }

  @Override
  public void pong() {
    awaitingPong = false;
  }

  @Override
  public void close(byte[] payload) {
    conversation().caughtUp(this);
    finish(ServerFrame.of(FrameReader.CLOSE, payload));
  }

  @Override
  public void violation(CloseCode code, String reason) {
    conversation().caughtUp(this);
    close(code, reason);
  }

  /** Asks a silent client whether it is still there, and drops one that did not answer. */
  void keepAlive(long nowNanos, long pingEveryNanos, long pongWithinNanos) {
    if (!isOpen()) {
      if (nowNanos - closingNanos > pongWithinNanos) {
        abort(); // it does not even take the goodbye
      }
    } else if (awaitingPong) {
      if (nowNanos - pingedNanos > pongWithinNanos && lastHeardNanos - pingedNanos < 0) {
        abort();
      } else if (lastHeardNanos - pingedNanos >= 0) {
        awaitingPong = false; // whatever it said, it is alive
      }
    } else if (nowNanos - lastHeardNanos > pingEveryNanos) {
      pingedNanos = nowNanos;
      awaitingPong = true;
      enqueue(ServerFrame.of(FrameReader.PING, new byte[0]), true);
    }
  }

  @Override
  public boolean send(byte[] text) {
    return enqueue(ServerFrame.of(FrameReader.TEXT, text), false);
  }

  @Override
  public int queuedBytes() {
    writing.lock();
    try {
      return queuedBytes;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public boolean isOpen() {
    writing.lock();
    try {
      return !closing && !ended.get();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close(CloseCode code, String reason) {
    finish(ServerFrame.close(code, reason));
  }

  @Override
  public void abort() {
    end();
  }

  /** Queues the closing frame; the connection ends when it has gone out. */
  private void finish(byte[] closeFrame) {
    writing.lock();
    try {
      if (enqueue(closeFrame, true)) {
        closing = true;
        closingNanos = System.nanoTime();
      }
    } finally {
      writing.unlock();
    }
    pump();
  }

  private boolean enqueue(byte[] frame, boolean isControl) {
    writing.lock();
    try {
      // Control frames have a little room of their own: a full queue can still be closed.
      int limit = isControl ? 2 * MAX_QUEUED_BYTES : MAX_QUEUED_BYTES;
      if (closing || ended.get() || queuedBytes + frame.length > limit) {
        return false;
      }
      queue.add(frame);
      queuedBytes += frame.length;
    } finally {
      writing.unlock();
    }
    pump();
    return true;
  }

  /** Writes as long as the network takes it; the container calls again when there is room. */
  private void pump() {
    boolean done = false;
    writing.lock();
    try {
      SocketWrapperBase<?> to = wire;
      if (to == null || ended.get()) {
        return;
      }
      while (to.isReadyForWrite()) {
        byte[] frame = queue.poll();
        if (frame != null) {
          queuedBytes -= frame.length;
          unflushed = true;
          to.write(false, frame, 0, frame.length);
        } else if (unflushed) {
          unflushed = to.flush(false); // only what has left may be followed by the end
          if (unflushed) {
            to.registerWriteInterest();
            break;
          }
        } else {
          done = closing;
          break;
        }
      }
    } catch (IOException | IllegalStateException gone) {
      done = true;
    } finally {
      writing.unlock();
    }
    if (done) {
      end();
    }
  }

  private void end() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    SocketWrapperBase<?> open = wire;
    if (open != null) {
      open.close();
    }
    java.util.Objects.requireNonNull(sockets).gone(this);
    conversation().closed(this);
  }
}
