package io.annals.app.stream;

/**
 * What a server says on one websocket. All calls but {@link #closed} come one after the other, in
 * the order of the frames; while one of them waits, nothing more is read from the client.
 */
public interface Conversation {
  /** One whole text message. */
  void text(Socket socket, String message);

  /** A text message that was longer than the connection accepts; it was not kept. */
  default void tooLong(Socket socket) {
    socket.close(CloseCode.TOO_BIG, "Message too big");
  }

  /** All that had arrived was handed over. */
  default void caughtUp(Socket socket) {}

  /** A ping arrived; the pong goes out when this returns. */
  default void beforePong(Socket socket) {}

  /** The connection is gone, in whatever way. Called once. */
  default void closed(Socket socket) {}
}
