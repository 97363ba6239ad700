package io.annals.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.app.StartupFailure;
import io.annals.app.settings.Settings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
  @TempDir Path folder;

  private static String ask(EmbeddedServer server, String sql) throws SQLException {
    DatabaseAddress address = server.address();
    try (Connection connection =
            DriverManager.getConnection(address.jdbcUrl(), address.properties());
        Statement statement = connection.createStatement()) {
      boolean hasRow = statement.execute(sql);
      if (!hasRow) {
        return "";
      }
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  @Test
  void data_and_port_outlive_restarts_and_kills() throws SQLException {
    int port;
    try (EmbeddedServer server = EmbeddedServer.start(folder)) {
      port = server.address().port();
      assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
      assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
      ask(server, "CREATE TABLE kept AS SELECT 1 AS n");
    }
    EmbeddedServer killed = EmbeddedServer.start(folder);
    assertThat(killed.address().port()).isEqualTo(port);
    ask(killed, "INSERT INTO kept VALUES (2)");
    ProcessHandle postmaster = ProcessHandle.of(killed.pid().orElseThrow()).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().join();
    killed.close();
    try (EmbeddedServer server = EmbeddedServer.start(folder)) {
      assertThat(ask(server, "SELECT sum(n) FROM kept")).isEqualTo("3");
    }
  }

  @Test
  void one_that_is_killed_is_started_again_where_it_was() throws SQLException {
    try (EmbeddedServer server = EmbeddedServer.start(folder)) {
      ask(server, "CREATE TABLE kept AS SELECT 1 AS n");
      long killed = server.pid().orElseThrow();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      assertThat(whenItAnswers(server, "SELECT sum(n) FROM kept")).isEqualTo("1");
      assertThat(server.pid()).hasValueSatisfying(pid -> assertThat(pid).isNotEqualTo(killed));
    }
    try (EmbeddedServer again = EmbeddedServer.start(folder)) {
      assertThat(again.pid()).as("nothing was left behind").isPresent();
    }
  }

  private static String whenItAnswers(EmbeddedServer server, String sql) throws SQLException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        return ask(server, sql);
      } catch (SQLException notYet) {
        if (System.nanoTime() > deadline) {
          throw notYet;
        }
      }
    }
  }

  @Test
  void a_long_log_is_moved_aside() throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(folder.resolve("server.log").toFile(), "rw")) {
      log.setLength(LogFile.MAX_BYTES + 1);
    }
    try (EmbeddedServer server = EmbeddedServer.start(folder)) {
      assertThat(server.pid()).isPresent();
    }
    assertThat(folder.resolve("server.log.1")).hasSize(LogFile.MAX_BYTES + 1);
    assertThat(Files.size(folder.resolve("server.log"))).isLessThan(LogFile.MAX_BYTES);
  }

  @Test
  void why_it_does_not_start_is_told_from_the_end_of_its_log() throws IOException {
    EmbeddedServer.start(folder).close();
    Files.writeString(folder.resolve("server.log"), "FATAL: from long ago\n");
    Files.writeString(folder.resolve("extra.conf"), "shared_buffers = 'nonsense'\n");
    assertThatThrownBy(() -> EmbeddedServer.start(folder))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("shared_buffers")
        .hasMessageNotContaining("long ago");
  }

  @Test
  void a_second_server_on_the_folder_is_told_who_uses_it() {
    try (EmbeddedServer first = EmbeddedServer.start(folder)) {
      assertThat(first.pid()).isPresent();
      assertThatThrownBy(() -> EmbeddedServer.start(folder))
          .isInstanceOf(StartupFailure.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void a_database_that_lets_nobody_in_is_explained_in_one_line() throws SQLException {
    try (EmbeddedServer server = EmbeddedServer.start(folder)) {
      DatabaseAddress right = server.address();
      String at = "127.0.0.1:" + right.port();
      assertThat(trouble("annals:wrong@" + at + "/postgres")).contains("refuses the user annals");
      assertThat(trouble("annals:" + right.password() + "@" + at + "/other"))
          .contains("has no database other");
      Settings settings = settings("annals:" + right.password() + "@" + at + "/postgres");
      try (Database first = Database.open(settings);
          Database again = Database.open(settings)) {
        assertThat(again.shown()).isEqualTo(first.shown());
      }
      ask(
          server,
          "INSERT INTO flyway_schema_history SELECT 9999, '9999', 'from later', 'SQL',"
              + " 'V9999__from_later.sql', 1, 'annals', now(), 1, true");
      assertThat(trouble("annals:" + right.password() + "@" + at + "/postgres"))
          .contains("newer Annals (9999, from later)");
    }
    assertThat(trouble("a:b@127.0.0.1:1/postgres")).contains("cannot be reached");
  }

  private Settings settings(String url) {
    return Settings.load(
        Map.of(
            "PREFECT_HOME",
            folder.toString(),
            "PREFECT_SERVER_DATABASE_CONNECTION_URL",
            "postgresql+asyncpg://" + url),
        folder);
  }

  private String trouble(String url) {
    try (Database database = Database.open(settings(url))) {
      return database.shown();
    } catch (StartupFailure failure) {
      assertThat(failure.getMessage()).doesNotContain("\n");
      return String.valueOf(failure.getMessage());
    }
  }
}
