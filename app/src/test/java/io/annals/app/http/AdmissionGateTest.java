package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdmissionGateTest {
  private static final String SLOW = "/api/rehearsal/slow";
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void a_request_over_the_bound_waits_and_is_then_served() throws Exception {
    try (TestServer server = TestServer.start(new Told().withGate(1, 1, LONG).settings())) {
      RehearsalRoutes routes = server.bean(RehearsalRoutes.class);
      routes.release = new CountDownLatch(1);
      CompletableFuture<HttpResponse<String>> first = later(server, SLOW);
      assertThat(routes.entered.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<HttpResponse<String>> second = later(server, "/api/hello");
      server.awaitMeter("annals.http.admission.waiting", 1);
      assertThat(server.meter("annals.http.admission.in.flight")).isEqualTo(1);
      assertThat(second).isNotDone();

      routes.release.countDown();

      assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(second.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(server.meter("annals.http.admission.delayed")).isEqualTo(1);
    }
  }

  @Test
  void never_more_than_the_bound_are_inside() throws Exception {
    try (TestServer server = TestServer.start(new Told().withGate(3, 100, LONG).settings())) {
      RehearsalRoutes routes = server.bean(RehearsalRoutes.class);
      routes.release = new CountDownLatch(1);
      List<CompletableFuture<HttpResponse<String>>> all =
          Stream.generate(() -> later(server, SLOW)).limit(10).toList();
      assertThat(routes.entered.tryAcquire(3, 30, TimeUnit.SECONDS)).isTrue();
      server.awaitMeter("annals.http.admission.waiting", 7);
      assertThat(routes.entered.availablePermits()).isZero();

      routes.release.countDown();

      for (CompletableFuture<HttpResponse<String>> one : all) {
        assertThat(one.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      }
      server.awaitMeter("annals.http.admission.in.flight", 0);
    }
  }

  @Test
  void when_too_many_wait_the_next_is_told_to_come_back() throws Exception {
    try (TestServer server = TestServer.start(new Told().withGate(1, 0, LONG).settings())) {
      RehearsalRoutes routes = server.bean(RehearsalRoutes.class);
      routes.release = new CountDownLatch(1);
      CompletableFuture<HttpResponse<String>> first = later(server, SLOW);
      assertThat(routes.entered.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

      assertIsSentAway(server.get("/api/hello"));
      assertThat(server.meter("annals.http.admission.refused")).isEqualTo(1);
      assertThat(server.get("/api/health").statusCode())
          .as("a busy server is alive")
          .isEqualTo(200);

      routes.release.countDown();
      assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void who_has_waited_too_long_is_told_to_come_back() throws Exception {
    Told told = new Told().withGate(1, 10, Duration.ofMillis(1));
    try (TestServer server = TestServer.start(told.settings())) {
      RehearsalRoutes routes = server.bean(RehearsalRoutes.class);
      routes.release = new CountDownLatch(1);
      CompletableFuture<HttpResponse<String>> first = later(server, SLOW);
      assertThat(routes.entered.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

      assertIsSentAway(server.get("/api/hello"));

      routes.release.countDown();
      assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(server.get("/api/hello").statusCode()).isEqualTo(200);
    }
  }

  private static void assertIsSentAway(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains(Turnstile.RETRY_AFTER_SECONDS);
    assertThat(answer.body()).isEqualTo("{\"exception_message\":\"Service Unavailable\"}");
  }

  private static CompletableFuture<HttpResponse<String>> later(TestServer server, String path) {
    return server.client().sendAsync(server.request(path).build(), BodyHandlers.ofString());
  }
}
