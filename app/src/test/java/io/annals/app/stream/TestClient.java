package io.annals.app.stream;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A websocket client that remembers what came. */
final class TestClient implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final JsonMapper JSON = JsonMapper.shared();

  final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
  final CompletableFuture<String> closed = new CompletableFuture<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final StringBuilder partial = new StringBuilder();
  final WebSocket socket;

  TestClient(String url, @Nullable String subprotocol) {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (subprotocol != null) {
      builder.subprotocols(subprotocol);
    }
    socket = builder.buildAsync(URI.create(url), this).join();
  }

  static TestClient authenticated(String url) throws InterruptedException {
    TestClient client = new TestClient(url, "prefect");
    client.send("{\"type\":\"auth\",\"token\":null}");
    client.next();
    return client;
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  void ping(String payload) {
    socket
        .sendPing(ByteBuffer.wrap(payload.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .join();
  }

  String next() throws InterruptedException {
    String message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("Nothing came; closed: " + closed.getNow("no"));
    }
    return message;
  }

  JsonNode nextEvent() throws InterruptedException {
    return JSON.readTree(next()).get("event");
  }

  String pong() throws InterruptedException {
    String pong = pongs.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (pong == null) {
      throw new AssertionError("No pong came; closed: " + closed.getNow("no"));
    }
    return pong;
  }

  String closing() throws Exception {
    return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
    pongs.add(java.nio.charset.StandardCharsets.UTF_8.decode(message).toString());
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.complete("broken " + error);
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
  }
}
