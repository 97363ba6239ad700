package io.annals.query.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Several multi-row statements that go to the database in one round trip, and run in their order.
 * The driver prepares each of them on its own, so few combinations of the same statements matter.
 */
public final class RowBatches {
  private final List<String> statements = new ArrayList<>();
  private final List<RowBatch> batches = new ArrayList<>();

  /** Adds a statement with its rows; without rows there is nothing to run. */
  public void add(String sql, RowBatch rows) {
    if (!rows.isEmpty()) {
      statements.add(sql);
      batches.add(rows);
    }
  }

  /** Runs what was added. */
  public void execute(Connection connection) throws SQLException {
    if (statements.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(String.join(";\n", statements))) {
      int next = 1;
      for (RowBatch rows : batches) {
        next = rows.bind(connection, statement, next);
      }
      statement.execute();
    }
  }
}
