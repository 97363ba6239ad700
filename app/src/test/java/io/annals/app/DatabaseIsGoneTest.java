package io.annals.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is restored or moved is away for a while, though its PostgreSQL answers. */
class DatabaseIsGoneTest {
  private static final int TIMES = 2;

  @TempDir Path home;

  @Test
  void requests_are_put_off_while_there_is_no_such_database() throws IOException, SQLException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      run(postgres, "CREATE DATABASE annals");
      String url = "postgresql://postgres@127.0.0.1:%d/annals".formatted(postgres.getPort());
      Map<String, String> told =
          Map.of(
              "PREFECT_API_DATABASE_CONNECTION_URL",
              url,
              "PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_TIMEOUT",
              "1");
      try (RunningServer server = RunningServer.start(home, told)) {
        run(postgres, "DROP DATABASE annals WITH (FORCE)");
        List<Supplier<HttpResponse<String>>> requests =
            List.of(
                () -> server.get("/flow_runs/" + UUID.randomUUID()),
                () -> server.post("/flow_runs/filter", "{}"),
                () -> server.post("/flows/", "{\"name\": \"etl\"}"),
                () -> server.post("/variables/", "{\"name\": \"one\", \"value\": 1}"));
        for (Supplier<HttpResponse<String>> request : requests) {
          for (int time = 0; time < TIMES; time++) {
            HttpResponse<String> answer = request.get();
            assertThat(answer.statusCode()).as(answer.uri() + answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
          }
        }
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
        assertThat(server.get("/ready").statusCode()).isEqualTo(503);
      }
    }
  }

  private static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
