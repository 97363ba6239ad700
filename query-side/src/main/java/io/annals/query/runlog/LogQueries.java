package io.annals.query.runlog;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;

/** Reads log lines. */
public final class LogQueries {
  private static final int FETCH_LINES = 500;

  private static final String LOGS = "SELECT " + LogView.COLUMNS + " FROM log WHERE %s";

  private static final String OF_RUN =
      "SELECT "
          + LogView.COLUMNS
          + " FROM log WHERE log.flow_run_id = ? ORDER BY log.timestamp, log.id";

  private final Database database;

  /** Reads from one database. */
  public LogQueries(Database database) {
    this.database = database;
  }

  /** One page of lines. */
  public List<LogView> page(@Nullable LogFilter filter, LogSort sort, int limit, long offset) {
    Where where = filter == null ? Where.all() : filter.where();
    return limit == 0
        ? List.of()
        : database.page(LOGS, where, sort.sql, limit, offset, LogView::read);
  }

  /** Hands over all lines of a flow run, oldest first, without holding them in memory. */
  public void each(UUID flowRunId, Consumer<LogView> consumer) {
    database
        .jdbc()
        .execute(
            (ConnectionCallback<Boolean>)
                connection -> {
                  stream(connection, flowRunId, consumer);
                  return true;
                });
  }

  /** A cursor needs a transaction. */
  private static void stream(Connection connection, UUID flowRunId, Consumer<LogView> consumer)
      throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(OF_RUN)) {
      statement.setFetchSize(FETCH_LINES);
      statement.setObject(1, flowRunId);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          consumer.accept(LogView.read(row, 0));
        }
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    }
  }
}
