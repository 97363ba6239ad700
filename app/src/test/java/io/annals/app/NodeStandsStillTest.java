package io.annals.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.events.sql.SqlState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is stopped in the middle of an append must not keep the others from theirs. */
class NodeStandsStillTest {
  @TempDir Path home;

  @Test
  void who_holds_the_end_of_the_log_and_is_silent_loses_it() throws SQLException {
    try (RunningServer server = RunningServer.start(home, Map.of());
        Connection still = connection(server.bean("writerDataSource", HikariDataSource.class))) {
      still.setAutoCommit(false);
      try (Statement statement = still.createStatement()) {
        statement.execute("SELECT position FROM log_head FOR UPDATE");
        assertThat(server.post("/flows/", "{\"name\": \"goes on\"}").statusCode()).isEqualTo(201);
        assertThatThrownBy(() -> statement.execute("SELECT 1"))
            .satisfies(failure -> assertThat(SqlState.isConnectionLost(failure)).isTrue());
      }
    }
  }

  /** As another node has it. */
  private static Connection connection(HikariDataSource writer) throws SQLException {
    Connection connection =
        DriverManager.getConnection(writer.getJdbcUrl(), writer.getDataSourceProperties());
    try (Statement statement = connection.createStatement()) {
      statement.execute(writer.getConnectionInitSql());
    }
    return connection;
  }
}
