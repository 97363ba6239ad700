package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected answers are those of a running Prefect 3.8.8 server. */
class RootAndAdminRoutesTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(new Told().withMetrics().settings());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/health, true",
        "/version, \"0.8.4\"",
        "/hello, \"👋\"",
        "/ready, {\"message\":\"OK\"}",
        "/admin/version, \"3.8.8\"",
        "/admin/settings, {\"home\":\"~/.prefect\"}",
        "/admin/storage, {\"default_result_storage_block_id\":null}"
      })
  void the_small_routes_answer_as_prefect_does(String route, String body) {
    HttpResponse<String> answer = server.get("/api" + route);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void a_server_in_trouble_is_alive_but_not_ready() {
    RehearsalRoutes routes = server.bean(RehearsalRoutes.class);
    routes.databaseIsGone = true;
    try {
      HttpResponse<String> answer = server.get("/api/ready");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).isEqualTo("{\"message\":\"Database is not available\"}");
      assertThat(server.get("/api/health").statusCode()).isEqualTo(200);
    } finally {
      routes.databaseIsGone = false;
    }
  }

  @Test
  void an_unknown_block_cannot_become_the_default_result_storage() {
    HttpResponse<String> answer =
        server.ask(
            "/api/admin/storage",
            request ->
                request
                    .header("Content-Type", "application/json")
                    .PUT(
                        BodyPublishers.ofString(
                            "{\"default_result_storage_block_id\":"
                                + "\"11111111-1111-1111-1111-111111111111\"}")));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo(
            "{\"detail\":\"Block document 11111111-1111-1111-1111-111111111111 not found.\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.7.9|The request specified API version 0.7.9 but this server requires version 0.8.0 or"
            + " higher.",
        "-1.0.0|The request specified API version -1.0.0 but this server requires version 0.8.0 or"
            + " higher.",
        "abc|Invalid X-PREFECT-API-VERSION header format.Expected header in format 'x.y.z' but"
            + " received abc",
        "1.2|Invalid X-PREFECT-API-VERSION header format.Expected header in format 'x.y.z' but"
            + " received 1.2"
      })
  void an_old_or_broken_api_version_is_refused_where_there_is_a_route(String sent, String detail) {
    HttpResponse<String> answer = server.get("/api/ready", ApiVersionCheck.HEADER, sent);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"detail\":\"" + detail + "\"}");
    assertThat(server.get("/api/nope", ApiVersionCheck.HEADER, sent).statusCode()).isEqualTo(404);
    assertThat(server.send("PUT", "/api/ready", ApiVersionCheck.HEADER, sent).statusCode())
        .isEqualTo(405);
    assertThat(server.get("/api/health", ApiVersionCheck.HEADER, sent).statusCode()).isEqualTo(200);
    assertThat(server.get("/api/version", ApiVersionCheck.HEADER, sent).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.8.0", "0.8.4", "0.9.0", "99999999999999999999.0.0", "1. +2.0"})
  void newer_api_versions_pass(String version) {
    assertThat(server.get("/api/ready", ApiVersionCheck.HEADER, version).statusCode())
        .isEqualTo(200);
  }

  @Test
  void metrics_are_shown_to_prometheus_when_asked_for() {
    HttpResponse<String> answer = server.get("/api/metrics");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain")
        .contains("version=0.0.4");
    assertThat(answer.body()).contains("annals_http_admission_refused_total");
  }

  @Test
  void metrics_are_not_there_unless_asked_for() {
    try (TestServer quiet = TestServer.start(HttpSettings.defaults())) {
      assertThat(quiet.get("/api/metrics").statusCode()).isEqualTo(404);
    }
  }
}
