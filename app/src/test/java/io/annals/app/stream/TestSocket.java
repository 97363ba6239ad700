package io.annals.app.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A websocket without a network, whose bounded queue the test empties. */
final class TestSocket implements Socket {
  private final int limitBytes;
  private final List<byte[]> taken = new ArrayList<>();
  private int queuedBytes;
  private int attempts;
  private boolean stalled;
  private boolean gone;
  private @Nullable CloseCode closed;

  TestSocket(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Its client reads nothing, and as much waits for it as may. */
  synchronized void stall() {
    stalled = true;
    queuedBytes = limitBytes;
  }

  /** Its client reads again: whoever asks finds that everything has gone. */
  synchronized void readsAgain() {
    stalled = false;
  }

  /** Its client has gone without a word. */
  synchronized void lose() {
    gone = true;
  }

  synchronized int messages() {
    return taken.size();
  }

  /** How often somebody wanted to send something, successful or not. */
  synchronized int attempts() {
    return attempts;
  }

  synchronized @Nullable CloseCode closed() {
    return closed;
  }

  @Override
  public synchronized boolean send(byte[] text) {
    attempts++;
    if (!isOpen() || queuedBytes + text.length > limitBytes) {
      return false;
    }
    taken.add(text);
    queuedBytes += text.length;
    return true;
  }

  @Override
  public synchronized int queuedBytes() {
    queuedBytes = stalled ? queuedBytes : 0;
    return queuedBytes;
  }

  @Override
  public synchronized void close(CloseCode code, String reason) {
    closed = closed == null ? code : closed;
  }

  @Override
  public synchronized void abort() {
    gone = true;
  }

  @Override
  public synchronized boolean isOpen() {
    return !gone && closed == null;
  }
}
