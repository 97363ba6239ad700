package io.annals.app.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prefect's opening of every websocket: the auth message, its answer, then the conversation. */
final class PrefectHandshake implements Conversation {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Function<Socket, Conversation> conversation;
  private final @Nullable String authString;
  private boolean authenticated;
  private volatile @Nullable Conversation started;

  /** Asks for authentication only from clients that speak the subprotocol. */
  PrefectHandshake(
      boolean asksForAuth,
      @Nullable String authString,
      Function<Socket, Conversation> conversation) {
    this.authenticated = !asksForAuth;
    this.authString = authString;
    this.conversation = conversation;
  }

  @Override
  public void text(Socket socket, String message) {
    if (authenticated) {
      started(socket).text(socket, message);
      return;
    }
    String refusal = refusal(message);
    if (refusal != null) {
      socket.close(CloseCode.POLICY_VIOLATION, refusal);
      return;
    }
    authenticated = true;
    started(socket);
    socket.send("{\"type\":\"auth_success\"}");
  }

  private @Nullable String refusal(String message) {
    JsonNode auth = object(message);
    if (!auth.path("type").asString("").equals("auth")) {
      return "Expected 'auth' message";
    }
    if (authString == null) {
      return null;
    }
    String token = auth.path("token").asString("");
    if (token.isEmpty()) {
      return "Auth required but no token provided";
    }
    boolean same =
        MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8), authString.getBytes(StandardCharsets.UTF_8));
    return same ? null : "Invalid token";
  }

  /** The message, or an empty node when it is not JSON. */
  static JsonNode object(String message) {
    try {
      return JSON.readTree(message);
    } catch (JacksonException broken) {
      return JSON.createObjectNode();
    }
  }

  private Conversation started(Socket socket) {
    Conversation current = started;
    if (current == null) {
      current = conversation.apply(socket);
      started = current;
    }
    return current;
  }

  @Override
  public void tooLong(Socket socket) {
    if (authenticated) {
      started(socket).tooLong(socket);
    } else {
      socket.close(CloseCode.TOO_BIG, "Message too big");
    }
  }

  @Override
  public void caughtUp(Socket socket) {
    Conversation current = started;
    if (current != null) {
      current.caughtUp(socket);
    }
  }

  @Override
  public void beforePong(Socket socket) {
    Conversation current = started;
    if (current != null) {
      current.beforePong(socket);
    }
  }

  @Override
  public void closed(Socket socket) {
    Conversation current = started;
    if (current != null) {
      current.closed(socket);
    }
  }
}
