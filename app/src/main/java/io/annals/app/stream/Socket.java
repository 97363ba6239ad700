package io.annals.app.stream;

import java.nio.charset.StandardCharsets;

/** The server's end of one websocket. Its methods may be called from any thread. */
public interface Socket {
  /**
   * Queues one text message in UTF-8.
   *
   * @return false when the connection is closed or its bounded queue is full; nothing was queued
   */
  boolean send(byte[] text);

  /** Queues one text message. */
  default boolean send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes queued that the network has not taken yet. */
  int queuedBytes();

  /** Ends the conversation after what is queued; the reason is cut to what a frame can carry. */
  void close(CloseCode code, String reason);

  /** Drops the connection at once. */
  void abort();

  /** Whether messages can still be sent. */
  boolean isOpen();
}
