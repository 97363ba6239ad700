package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The expected answers are those of a running Prefect 3.8.8 server. */
class CsrfTest {
  private static final String FILTER = "/api/rehearsal/things/filter";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(new Told().withCsrf().withAuth("a:b").settings());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void every_write_on_every_path_needs_a_token_before_anything_else(String method) {
    for (String path : new String[] {FILTER, "/api/health", "/nope"}) {
      HttpResponse<String> answer = server.send(method, path, "Origin", "http://x.example");
      assertIsForbidden(answer, "Missing CSRF token.");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void a_token_without_its_client_is_not_enough() {
    assertIsForbidden(
        server.send("POST", FILTER, "Prefect-Csrf-Token", "x"), "Missing client identifier.");
  }

  @Test
  void a_wrong_token_is_refused_in_a_way_that_pages_can_read() {
    HttpResponse<String> answer = write("unknown", "x");
    assertIsForbidden(answer, "Invalid CSRF token or client identifier.");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
  }

  @Test
  void the_token_a_client_was_given_opens_the_way_until_it_asks_again() {
    JsonNode first = issued("client 1");
    assertThat(first.propertyNames())
        .containsExactly("id", "created", "updated", "token", "client", "expiration");
    String token = first.get("token").asString();
    assertThat(token).matches("[0-9a-f]{64}");
    assertThat(write("client 1", token).statusCode()).isEqualTo(200);
    assertIsForbidden(write("client 2", token), "Invalid CSRF token or client identifier.");

    JsonNode second = issued("client 1");

    assertThat(second.get("id")).isEqualTo(first.get("id"));
    assertThat(second.get("created")).isEqualTo(first.get("created"));
    assertIsForbidden(write("client 1", token), "Invalid CSRF token or client identifier.");
    assertThat(write("client 1", second.get("token").asString()).statusCode()).isEqualTo(200);
  }

  @Test
  void a_token_needs_a_client_to_belong_to() {
    HttpResponse<String> answer = server.get("/api/csrf-token", "Authorization", "Basic YTpi");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .isEqualTo(
            "{\"exception_message\":\"Invalid request received.\",\"exception_detail\":"
                + "[{\"type\":\"missing\",\"loc\":[\"query\",\"client\"],"
                + "\"msg\":\"Field required\",\"input\":null}],\"request_body\":null}");
  }

  @Test
  void reading_needs_no_token() {
    assertThat(server.get("/api/health").statusCode()).isEqualTo(200);
  }

  @Test
  void with_protection_off_clients_are_told_so() {
    try (TestServer open = TestServer.start(HttpSettings.defaults())) {
      HttpResponse<String> answer = open.get("/api/csrf-token?client=x");
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).isEqualTo("{\"detail\":\"CSRF protection is disabled.\"}");
      assertThat(open.send("POST", FILTER).statusCode()).isEqualTo(200);
    }
  }

  private static JsonNode issued(String client) {
    HttpResponse<String> answer =
        server.get(
            "/api/csrf-token?client=" + client.replace(" ", "%20"), "Authorization", "Basic YTpi");
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> write(String client, String token) {
    return server.send(
        "POST",
        FILTER,
        "Authorization",
        "Basic YTpi",
        "Prefect-Csrf-Client",
        client,
        "Prefect-Csrf-Token",
        token);
  }

  private static void assertIsForbidden(HttpResponse<String> answer, String detail) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("{\"detail\":\"" + detail + "\"}");
  }
}
