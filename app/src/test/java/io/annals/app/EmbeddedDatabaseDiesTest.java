package io.annals.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose own PostgreSQL is killed serves again by itself. */
class EmbeddedDatabaseDiesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path home;

  @Test
  void requests_are_put_off_until_it_is_back_and_nothing_is_lost() throws IOException {
    Map<String, String> told = Map.of("PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_TIMEOUT", "1");
    try (RunningServer server = RunningServer.start(home, told)) {
      String before = flow(server.post("/flows/", "{\"name\": \"before\"}"));
      long killed = postmaster();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      String after = flow(onceServed(() -> server.post("/flows/", "{\"name\": \"after\"}")));
      assertThat(postmaster()).isNotEqualTo(killed);
      onceServed(() -> server.get("/ready"));
      assertThat(flow(onceServed(() -> server.get("/flows/" + before)))).isEqualTo(before);
      assertThat(flow(onceServed(() -> server.get("/flows/" + after)))).isEqualTo(after);
    }
  }

  /** Each pool finds out by itself that its connections are gone. */
  private static HttpResponse<String> onceServed(Supplier<HttpResponse<String>> request) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<String> answer = request.get();
    while (answer.statusCode() >= 300) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(System.nanoTime()).as("still not serving").isLessThan(deadline);
      answer = request.get();
    }
    return answer;
  }

  private static String flow(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return RunningServer.json(answer).path("id").asString();
  }

  private long postmaster() throws IOException {
    Path file = home.resolve("postgres/data/postmaster.pid");
    return Long.parseLong(Files.readAllLines(file).getFirst());
  }
}
