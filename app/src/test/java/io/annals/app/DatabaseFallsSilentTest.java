package io.annals.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that breaks, or a machine that is gone, does not say so. */
class DatabaseFallsSilentTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path home;

  @Test
  void a_server_that_hears_nothing_any_more_connects_anew() throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Relay relay = Relay.to(postgres.getPort());
        RunningServer server = RunningServer.start(home, told(relay))) {
      assertThat(created(server, "before")).isEqualTo(201);
      relay.fallSilent();
      assertThat(created(server, "meanwhile")).isEqualTo(503);
      relay.speakAgain();
      await().atMost(LONG).until(() -> created(server, "after") == 201);
      await().atMost(LONG).until(() -> server.get("/ready").statusCode() == 200);
      assertThat(server.get("/flows/name/before").statusCode()).isEqualTo(200);
    }
  }

  private static Map<String, String> told(Relay relay) {
    return Map.of(
        "PREFECT_API_DATABASE_CONNECTION_URL",
        "postgresql://postgres@127.0.0.1:%d/postgres".formatted(relay.port()),
        "PREFECT_SERVER_DATABASE_TIMEOUT",
        "1",
        "PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT",
        "1",
        "PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_TIMEOUT",
        "1");
  }

  private static int created(RunningServer server, String flow) {
    return server.post("/flows/", "{\"name\": \"%s\"}".formatted(flow)).statusCode();
  }
}
