package io.annals.app.stream;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Function;

/** Turns an HTTP request into a websocket (RFC 6455, section 4), in Prefect's manner. */
public final class WebSocketUpgrade {
  /** The subprotocol that promises the auth message. */
  static final String SUBPROTOCOL = "prefect";

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String VERSION = "13";

  private final StreamSettings settings;
  private final OpenSockets sockets;

  /** Upgrades to connections that are looked after together. */
  public WebSocketUpgrade(StreamSettings settings, OpenSockets sockets) {
    this.settings = settings;
    this.sockets = sockets;
  }

  /**
   * Accepts or refuses. A client that offers the subprotocol must authenticate first; one that does
   * not is let in as long as nobody needs to.
   *
   * @param needsSubprotocol refuse old clients in any case
   * @param maxMessageBytes of a text message
   * @param conversation makes the conversation that follows authentication
   */
  public void accept(
      HttpServletRequest request,
      HttpServletResponse response,
      boolean needsSubprotocol,
      int maxMessageBytes,
      Function<Socket, Conversation> conversation)
      throws IOException, ServletException {
    boolean speaksPrefect = offersPrefect(request.getHeaders("Sec-WebSocket-Protocol"));
    if (!speaksPrefect && (needsSubprotocol || settings.authString() != null)) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    String key = request.getHeader("Sec-WebSocket-Key");
    if (key == null
        || !"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
        || !VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
      response.setHeader("Sec-WebSocket-Version", VERSION);
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    if (sockets.isFull()) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
    response.setHeader("Upgrade", "websocket");
    response.setHeader("Connection", "Upgrade");
    response.setHeader("Sec-WebSocket-Accept", answerTo(key));
    if (speaksPrefect) {
      response.setHeader("Sec-WebSocket-Protocol", SUBPROTOCOL);
    }
    WebSocketConnection connection = request.upgrade(WebSocketConnection.class);
    Conversation talk = new PrefectHandshake(speaksPrefect, settings.authString(), conversation);
    connection.converse(talk, sockets, maxMessageBytes);
  }

  private static boolean offersPrefect(Enumeration<String> headers) {
    return Collections.list(headers).stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .anyMatch(offered -> offered.strip().equals(SUBPROTOCOL));
  }

  private static String answerTo(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key.strip() + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-1", impossible);
    }
  }
}
