package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The expected answers are those of a running Prefect 3.8.8 server. */
class CorsTest {
  private static final String PATH = "/api/rehearsal/things/filter";
  private static final String KNOWN = "http://a.example";
  private static final String METHOD = "Access-Control-Request-Method";
  private static final String HEADERS = "Access-Control-Request-Headers";
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  private static TestServer open;
  private static TestServer listed;

  @BeforeAll
  static void start() {
    open = TestServer.start(HttpSettings.defaults());
    listed =
        TestServer.start(
            new Told()
                .withCors(
                    HttpSettings.commaSeparated("http://a.example, http://b.example"),
                    List.of("GET", "POST"),
                    List.of("X-Mine"))
                .settings());
  }

  @AfterAll
  static void stop() {
    open.close();
    listed.close();
  }

  @Test
  void any_page_may_call_an_open_server() {
    HttpResponse<String> answer = open.send("POST", PATH, "Origin", "http://any.example");
    assertThat(answer.headers().firstValue(ALLOWED)).contains("*");
    assertThat(answer.headers().firstValue("Vary")).isEmpty();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void a_request_without_origin_gets_no_such_headers() {
    assertThat(open.send("POST", PATH).headers().firstValue(ALLOWED)).isEmpty();
  }

  @Test
  void an_open_server_answers_a_preflight_on_any_path() {
    HttpResponse<String> answer =
        open.send("OPTIONS", "/nope", "Origin", KNOWN, METHOD, "POST", HEADERS, "content-type,x-a");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("OK");
    assertThat(answer.headers().firstValue(ALLOWED)).contains("*");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods"))
        .contains("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("content-type,x-a");
    assertThat(answer.headers().firstValue("Access-Control-Max-Age")).contains("600");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .isEqualToIgnoringWhitespace("text/plain;charset=utf-8");
  }

  @Test
  void a_listed_origin_is_echoed() {
    HttpResponse<String> answer = listed.send("POST", PATH, "Origin", KNOWN);
    assertThat(answer.headers().firstValue(ALLOWED)).contains(KNOWN);
    assertThat(answer.headers().firstValue("Vary")).contains("Origin");
  }

  @Test
  void another_origin_is_served_without_leave() {
    HttpResponse<String> answer = listed.send("POST", PATH, "Origin", "http://c.example");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map()).doesNotContainKeys("access-control-allow-origin", "vary");
  }

  @Test
  void a_preflight_names_all_that_is_wrong() {
    HttpResponse<String> answer =
        listed.send(
            "OPTIONS", PATH, "Origin", "http://c.example", METHOD, "PUT", HEADERS, "x-other");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("Disallowed CORS origin, method, headers");
    assertThat(answer.headers().firstValue(ALLOWED)).isEmpty();
    assertThat(answer.headers().firstValue("Vary")).contains("Origin");
  }

  @Test
  void a_listed_preflight_passes_with_what_is_allowed() {
    HttpResponse<String> answer =
        listed.send(
            "OPTIONS", PATH, "Origin", KNOWN, METHOD, "POST", HEADERS, "x-mine, Content-Type");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue(ALLOWED)).contains(KNOWN);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, POST");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("Accept, Accept-Language, Content-Language, Content-Type, X-Mine");
  }
}
