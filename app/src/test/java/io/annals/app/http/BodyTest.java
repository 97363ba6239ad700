package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Bodies in both directions: limits, default type, compression. */
class BodyTest {
  private static final int MAX = 1000;
  private static final String ECHO = "/api/rehearsal/echo";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(new Told().withMaxBody(MAX).settings());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_body_at_the_limit_is_read() {
    assertThat(post(BodyPublishers.ofString(jsonOf(MAX))).statusCode()).isEqualTo(200);
    assertThat(post(chunked(jsonOf(MAX))).statusCode()).isEqualTo(200);
  }

  @Test
  void a_longer_body_is_refused() {
    assertIsTooLarge(post(BodyPublishers.ofString(jsonOf(MAX + 1))));
  }

  @Test
  void a_longer_body_of_unknown_length_is_refused_too() {
    assertIsTooLarge(post(chunked(jsonOf(MAX + 1))));
    assertIsTooLarge(post(chunked(jsonOf(100 * MAX))));
  }

  @Test
  void a_body_of_known_length_without_type_is_json() throws IOException {
    String answer =
        server.raw("POST " + ECHO + " HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n", "{\"a\":1}");
    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
  void a_body_that_cannot_be_read_is_the_clients_mistake(String length) throws IOException {
    Logger logger = (Logger) LoggerFactory.getLogger(ErrorResponses.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger.addAppender(said);
    try {
      String head = "POST /api/rehearsal/told HTTP/1.1\r\nHost: x\r\n" + length + "\r\n";
      assertThat(server.raw(head, "{\"route\": \"breaks off"))
          .startsWith("HTTP/1.1 400")
          .endsWith("{\"detail\":\"Bad Request\"}");
    } finally {
      logger.detachAppender(said);
    }
    assertThat(said.list).as("what an operator reads of it").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 5_000, 64 * 1024, 64 * 1024 + 1, 1_000_000})
  void a_body_of_500_bytes_or_more_is_compressed_for_who_takes_gzip(int length) throws Exception {
    HttpResponse<byte[]> answer = text(length, "deflate, gzip");
    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(answer.body().length).isLessThan(length);
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(plain.readAllBytes()).hasSize(length).containsOnly('x');
    }
  }

  @Test
  void a_shorter_body_is_not_compressed() throws Exception {
    HttpResponse<byte[]> answer = text(499, "gzip");
    assertThat(answer.headers().map()).doesNotContainKeys("content-encoding", "vary");
    assertThat(answer.headers().firstValue("Content-Length")).contains("499");
    assertThat(answer.body()).hasSize(499);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 100_000})
  void who_does_not_take_gzip_gets_the_body_as_it_is(int length) throws Exception {
    HttpResponse<byte[]> answer = text(length, "identity");
    assertThat(answer.headers().map()).doesNotContainKey("content-encoding");
    assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(answer.body()).hasSize(length);
  }

  @Test
  void a_range_of_a_file_is_passed_on_as_it_is() throws Exception {
    HttpResponse<byte[]> answer = get("/api/rehearsal/range", "gzip");
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.headers().map()).doesNotContainKey("content-encoding");
    assertThat(answer.headers().firstValue("Content-Length")).contains("100000");
    assertThat(answer.body()).hasSize(100_000);
  }

  @Test
  void an_answer_carries_its_length_instead_of_chunks() {
    HttpResponse<String> answer = server.get("/api/admin/settings");
    assertThat(answer.headers().firstValue("Content-Length")).isPresent();
    assertThat(answer.headers().firstValue("Transfer-Encoding")).isEmpty();
  }

  @Test
  void a_204_has_neither_body_nor_type() {
    HttpResponse<String> answer = server.send("DELETE", "/api/admin/storage");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().map()).doesNotContainKeys("content-type", "vary");
  }

  private static void assertIsTooLarge(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body())
        .isEqualTo("{\"detail\":\"Request body too large: at most 1000 bytes are accepted.\"}");
  }

  private static HttpResponse<String> post(BodyPublisher body) {
    return server.ask(
        ECHO, request -> request.header("Content-Type", "application/json").POST(body));
  }

  private static HttpResponse<byte[]> text(int length, String accepted) throws Exception {
    return get("/api/rehearsal/text/" + length, accepted);
  }

  private static HttpResponse<byte[]> get(String path, String accepted) throws Exception {
    return server
        .client()
        .send(
            server.request(path).header("Accept-Encoding", accepted).build(),
            BodyHandlers.ofByteArray());
  }

  private static BodyPublisher chunked(String text) {
    return BodyPublishers.ofInputStream(
        () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String jsonOf(int length) {
    return "\"" + "a".repeat(length - 2) + "\"";
  }
}
