package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LargeBodyGateTest {
  private static final long LARGE = 40L * 1024 * 1024;

  private final TestServer server =
      TestServer.start(
          new Told().withMaxBody(LARGE).withGate(8, 8, Duration.ofMillis(1)).settings());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void large_bodies_for_which_there_is_no_room_are_sent_away() throws IOException {
    try (Socket first = sendHead("Content-Length: " + LARGE)) {
      awaitInside(1);
      assertThat(headAnswered("Content-Length: " + LARGE))
          .startsWith("HTTP/1.1 503")
          .contains("Retry-After: " + Turnstile.RETRY_AFTER_SECONDS);
      assertThat(server.meter("annals.http.large.bodies.refused")).isEqualTo(1);
      assertThat(server.meter("annals.http.large.bodies.in.flight")).isEqualTo(LARGE / 1024.0);
      assertThat(first.isConnected()).isTrue();
    }
  }

  @Test
  void a_body_that_does_not_tell_its_length_counts_as_the_longest() throws IOException {
    try (Socket first = sendHead("Transfer-Encoding: chunked")) {
      awaitInside(1);
      assertThat(headAnswered("Content-Length: " + LARGE)).startsWith("HTTP/1.1 503");
      assertThat(first.isConnected()).isTrue();
    }
  }

  @Test
  void small_bodies_pass_the_large_ones() throws IOException {
    try (Socket first = sendHead("Content-Length: " + LARGE)) {
      awaitInside(1);
      assertThat(post(LargeBodyGate.MAX_FREE_BYTES)).isEqualTo(200);
      assertThat(first.isConnected()).isTrue();
    }
  }

  @Test
  void room_is_free_again_when_the_body_has_been_dealt_with() throws IOException {
    try (Socket first = sendHead("Content-Length: " + LARGE)) {
      awaitInside(1);
      assertThat(first.isConnected()).isTrue();
    }
    awaitInside(0);
    assertThat(post((int) LARGE)).isEqualTo(200);
  }

  private int post(int bytes) {
    String body = " ".repeat(bytes - 1) + "1";
    return server
        .ask(
            "/api/rehearsal/echo",
            request ->
                request
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)))
        .statusCode();
  }

  /** Begins a request whose body does not come. */
  private Socket sendHead(String length) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.getOutputStream().write((head(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The head of the answer to a request whose body does not come. */
  private String headAnswered(String length) throws IOException {
    try (Socket socket = sendHead(length);
        BufferedReader answer =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      return answer.lines().takeWhile(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
  }

  private static String head(String length) {
    return """
    POST /api/rehearsal/echo HTTP/1.1\r
    Host: localhost\r
    Content-Type: application/json\r
    %s\r
    """
        .formatted(length);
  }

  private void awaitInside(int requests) {
    server.awaitMeter("annals.http.admission.in.flight", requests);
  }
}
