package io.annals.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between a server and its database, and can fall silent as a broken network does: whoever
 * is connected hears nothing any more, not even that.
 */
final class Relay implements AutoCloseable {
  private final ServerSocket front;
  private final int databasePort;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile boolean silent;

  private Relay(ServerSocket front, int databasePort) {
    this.front = front;
    this.databasePort = databasePort;
  }

  /** Starts one on a free port. */
  static Relay to(int databasePort) throws IOException {
    Relay relay = new Relay(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), databasePort);
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  int port() {
    return front.getLocalPort();
  }

  void fallSilent() {
    silent = true;
  }

  /** Serves whoever connects from now on; for the others it stays silent. */
  void speakAgain() {
    sockets.clear();
    silent = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = front.accept();
        sockets.add(client);
        if (!silent) {
          Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
          sockets.add(database);
          Thread.ofVirtual().start(() -> pass(client, database));
          Thread.ofVirtual().start(() -> pass(database, client));
        }
      }
    } catch (IOException closed) {
      // that is how it ends
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read = in.read(buffer);
      while (read >= 0 && sockets.contains(from) && !silent) {
        out.write(buffer, 0, read);
        read = in.read(buffer);
      }
      if (read < 0) {
        to.close();
      }
    } catch (IOException closed) {
      // the other side is told by its own read
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
