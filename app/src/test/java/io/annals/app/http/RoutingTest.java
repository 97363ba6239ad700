package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected answers are those of a running Prefect 3.8.8 server. */
class RoutingTest {
  private static final String THINGS = "/api/rehearsal/things/";
  private static final String UUID = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
  private static final String NOT_FOUND = "{\"detail\":\"Not Found\"}";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(HttpSettings.defaults());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UUID,
        "AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE",
        "aaaaaaaabbbbccccddddeeeeeeeeeeee",
        "AAAAAAAA-BBBBCCCCDDDD-EEEEEEEEEEEE"
      })
  void an_id_may_be_spelled_with_or_without_dashes_in_any_case(String id) {
    assertThat(server.get(THINGS + id).body()).contains("\"byId\"").contains(UUID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not-a-uuid",
        "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeee",
        "aaaaaaaa--bbbbccccddddeeeeeeeeeeee",
        "aaaaaaaabbbb-cccc-dddd-eeeeeeeeeeeee",
        "gaaaaaaabbbbccccddddeeeeeeeeeeee"
      })
  void what_is_no_uuid_is_an_unknown_path_for_every_method(String id) {
    assertIsNotFound(server.get(THINGS + id));
    assertIsNotFound(server.send("PUT", THINGS + id));
  }

  @Test
  void a_fixed_segment_is_not_taken_for_an_id() {
    HttpResponse<String> answer = server.get(THINGS + "filter");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
    assertThat(answer.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
  }

  @Test
  void a_key_named_like_a_fixed_segment_is_reached_under_its_own_method() {
    String path = THINGS + UUID + "/input/filter";
    assertThat(server.get(path).body()).contains("\"input\"").contains("filter");
    assertThat(server.send("POST", path).body()).contains("\"inputs\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "FOO"})
  void a_wrong_method_is_told_the_right_ones(String method) {
    HttpResponse<String> answer = server.send(method, THINGS + UUID);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("DELETE, GET");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/health/, /api/health",
    "/api/health/?x=1&y=%20, /api/health?x=1&y=%20",
    "/api/rehearsal/things?x=1, /api/rehearsal/things/?x=1",
    "/api/rehearsal/things/aaaaaaaabbbbccccddddeeeeeeeeeeee/, /api/rehearsal/things/aaaaaaaabbbbccccddddeeeeeeeeeeee"
  })
  void a_missing_or_extra_slash_redirects_to_the_other_form(String asked, String right) {
    for (String method : new String[] {"GET", "POST"}) {
      HttpResponse<String> answer = server.send(method, asked);
      assertThat(answer.statusCode()).isEqualTo(307);
      assertThat(answer.headers().firstValue("Location"))
          .contains("http://127.0.0.1:" + server.port() + right);
      assertThat(answer.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"127.0.0.1,::1 | https", "* | https", "127.0.0.0/8 | https", "10.0.0.1 | http"})
  void redirects_lead_through_a_proxy_that_is_believed(String proxies, String scheme) {
    try (TestServer behind = TestServer.start(new Told().withProxies(proxies).settings())) {
      HttpResponse<String> answer =
          behind.ask("/api/health/", request -> request.header("X-Forwarded-Proto", "https"));
      assertThat(answer.headers().firstValue("Location"))
          .contains(scheme + "://127.0.0.1:" + behind.port() + "/api/health");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/",
        "/api/nope",
        "/api//rehearsal/things/",
        "/api/rehearsal/things//",
        "/api/rehearsal/things/name/",
        "/api/rehearsal/things/name/a%2Fb",
        "/api/rehearsal/things/name/a/b",
        "/rehearsal/things/",
        "/",
        "/nope"
      })
  void other_paths_are_not_found(String path) {
    assertIsNotFound(server.get(path));
  }

  @ParameterizedTest
  @CsvSource({
    "x%20y;z, x y;z",
    "%C3%A4, ä",
    "100%25, 100%",
    "a%5Cb, a\\\\b",
    "'a,b', 'a,b'",
    "a+b, a+b"
  })
  void names_in_paths_are_decoded_once_and_kept_as_they_are(String sent, String name) {
    assertThat(server.get(THINGS + "name/" + sent).body())
        .isEqualTo("{\"route\":\"byName\",\"value\":\"" + name + "\"}");
  }

  @Test
  void a_failing_route_is_a_500_in_json() {
    HttpResponse<String> answer = server.get("/api/rehearsal/failure");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).isEqualTo("{\"exception_message\":\"Internal Server Error\"}");
  }

  @Test
  void what_the_container_refuses_by_itself_is_json_too() throws IOException {
    assertThat(server.raw("GET /api/health%zz HTTP/1.1\r\nHost: x\r\n", ""))
        .startsWith("HTTP/1.1 400")
        .containsIgnoringCase("Content-Type: application/json")
        .endsWith("{\"detail\":\"Bad Request\"}");
  }

  @Test
  void a_websocket_that_nobody_offers_is_forbidden() throws IOException {
    String head = "GET " + THINGS + UUID + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n";
    assertThat(server.raw(head, "")).startsWith("HTTP/1.1 403");
  }

  @Test
  void fixed_segments_may_be_escaped_too() {
    assertThat(server.send("POST", "/api/rehearsal/%74hings/filter").body()).contains("filter");
  }

  private static void assertIsNotFound(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).isEqualTo(NOT_FOUND);
  }
}
