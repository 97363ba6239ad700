package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.log.Origin;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestContextTest {
  private static final String CONTEXT = "/api/rehearsal/context";
  private static final String REQUEST_ID = "X-Request-Id";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(HttpSettings.defaults());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_route_knows_who_asks() {
    HttpResponse<String> answer =
        server.get(
            CONTEXT,
            "User-Agent",
            "prefect/3.8.8 (API 0.8.4)",
            REQUEST_ID,
            "mine-1",
            ApiVersionCheck.HEADER,
            "0.8.4");
    assertThat(answer.body())
        .isEqualTo(
            "{\"principal\":null,\"client\":\"prefect/3.8.8 (API 0.8.4)\","
                + "\"request_id\":\"mine-1\",\"api_version\":\"0.8.4\"}");
    assertThat(answer.headers().firstValue(REQUEST_ID)).contains("mine-1");
  }

  @Test
  void a_request_without_id_gets_one_of_its_own() {
    String first = server.get(CONTEXT).headers().firstValue(REQUEST_ID).orElseThrow();
    String second = server.get(CONTEXT).headers().firstValue(REQUEST_ID).orElseThrow();
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void an_endless_request_id_is_not_taken_over() {
    String endless = "x".repeat(RequestContextFilter.MAX_REQUEST_ID_LENGTH + 1);
    assertThat(server.get(CONTEXT, REQUEST_ID, endless).headers().firstValue(REQUEST_ID))
        .isPresent()
        .get()
        .isNotEqualTo(endless);
  }

  @Test
  void an_endless_user_agent_is_cut() {
    String endless = "x".repeat(RequestContextFilter.MAX_CLIENT_LENGTH + 1);
    assertThat(server.get(CONTEXT, "User-Agent", endless).body()).doesNotContain(endless);
  }

  @ParameterizedTest
  @CsvSource({
    "prefect/3.8.8 (API 0.8.4), 3.8.8",
    "prefect/3.4.1+12.gabc (API 0.8.4), 3.4.1+12.gabc",
    "prefect/ (API 0.8.4),",
    "prefect/3.8.8,",
    "curl/8.0,",
    ","
  })
  void prefects_version_is_read_from_the_user_agent(String client, String version) {
    assertThat(new RequestContext(null, client, "1", null).prefectVersion()).isEqualTo(version);
  }

  @Test
  void events_remember_where_they_came_from() {
    assertThat(new RequestContext("ann", "curl", "7", null).origin("SetState"))
        .isEqualTo(new Origin("ann", "curl", "7", "SetState"));
  }
}
