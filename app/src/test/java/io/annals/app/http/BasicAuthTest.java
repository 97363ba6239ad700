package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected answers are those of a running Prefect 3.8.8 server. */
class BasicAuthTest {
  private static final String AUTH = "admin:pass wörd";
  private static final String ENCODED =
      Base64.getEncoder().encodeToString(AUTH.getBytes(StandardCharsets.UTF_8));

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(new Told().at("v9/").withAuth(AUTH).settings());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v9/hello", "/v9/nope", "/v9/health/", "/v9/ready/x", "/v9/", "/v9/version"})
  void every_api_path_wants_the_auth_string(String path) {
    assertIsUnauthorized(server.get(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v9/health", "/v9/ready", "/v9/%68ealth"})
  void the_probes_are_open_to_get(String path) {
    assertThat(server.get(path).statusCode()).isEqualTo(200);
    assertIsUnauthorized(server.send("POST", path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/hello", "/v9", "/v9x"})
  void paths_outside_the_prefix_are_open(String path) {
    assertThat(server.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void a_route_beside_the_api_is_open_and_has_no_prefix() {
    assertThat(server.get("/rehearsal-outside").body()).isEqualTo("true");
    assertThat(server.send("POST", "/rehearsal-outside").statusCode()).isEqualTo(405);
    assertIsUnauthorized(server.get("/v9/rehearsal-outside"));
  }

  @Test
  void asking_for_a_websocket_does_not_open_a_route() throws IOException {
    String head = "GET /v9/hello HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n";
    assertThat(server.raw(head, "")).startsWith("HTTP/1.1 403");
  }

  @Test
  void an_escaped_prefix_is_the_prefix() {
    assertIsUnauthorized(server.get("/%769/hello"));
  }

  @Test
  void the_right_string_is_let_in_and_remembered_without_its_password() {
    HttpResponse<String> answer =
        server.get("/v9/rehearsal/context", "Authorization", "Basic " + ENCODED);
    assertThat(answer.body()).contains("\"principal\":\"admin\"").doesNotContain("pass");
  }

  @Test
  void blanks_and_strays_in_the_base64_do_not_matter() {
    String strays = ENCODED.substring(0, 4) + "-" + ENCODED.substring(4);
    assertThat(server.get("/v9/hello", "Authorization", "Basic   " + strays).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic ", "Bearer ", "", "Basic x "})
  void another_scheme_is_not_understood(String scheme) {
    assertIsUnauthorized(server.get("/v9/hello", "Authorization", scheme + ENCODED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic ", "Basic !", "Basic YWRtaW46", "Basic eDp5"})
  void another_string_is_turned_away(String header) {
    assertIsUnauthorized(server.get("/v9/hello", "Authorization", header));
  }

  @Test
  void a_401_tells_browsers_that_they_may_read_it() {
    assertThat(
            server
                .get("/v9/hello", "Origin", "http://any.example")
                .headers()
                .firstValue("Access-Control-Allow-Origin"))
        .contains("*");
  }

  private static void assertIsUnauthorized(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"exception_message\":\"Unauthorized\"}");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
  }
}
