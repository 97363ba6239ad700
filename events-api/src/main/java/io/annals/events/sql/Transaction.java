package io.annals.events.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction whose statements wait for each other and go to the database together, in their
 * order. Where none of them needed an answer on the way, the whole transaction, commit included, is
 * one round trip: PostgreSQL runs what comes before one Sync message as one transaction.
 *
 * <p>The driver prepares each statement on its own, so few combinations of the same statements
 * matter.
 */
public final class Transaction {
  /**
   * Statements sent together. The driver sends a Sync of its own, which would end the transaction,
   * when it expects more answers than fit in a socket's buffer: at about 250 of ours.
   */
  static final int MAX_WAITING_STATEMENTS = 64;

  private final Connection connection;
  private final boolean ownsConnection;
  private final List<String> statements = new ArrayList<>();
  private final List<Parameters> parameters = new ArrayList<>();

  /**
   * A transaction over a connection in auto-commit mode; or a part of the transaction that its
   * caller began there, to be ended by {@link #flush}.
   */
  public Transaction(Connection connection) throws SQLException {
    this.connection = connection;
    this.ownsConnection = connection.getAutoCommit();
  }

  /** Adds a statement that nobody waits for. */
  public void add(String sql, Parameters given) throws SQLException {
    if (statements.size() == MAX_WAITING_STATEMENTS) {
      flush();
    }
    statements.add(sql);
    parameters.add(given);
  }

  /** Adds a multi-row statement; without rows there is nothing to run. */
  public void add(String sql, RowBatch rows) throws SQLException {
    if (!rows.isEmpty()) {
      add(sql, (Parameters) rows);
    }
  }

  /**
   * The connection, for statements whose answers matter; what waited has run. Not to be committed.
   */
  public Connection connection() throws SQLException {
    flush();
    return connection;
  }

  /** Runs what waits, without a commit. */
  public void flush() throws SQLException {
    if (ownsConnection) {
      connection.setAutoCommit(false);
    }
    send();
  }

  /** Runs what waits, and commits. */
  public void commit() throws SQLException {
    send();
    if (!connection.getAutoCommit()) {
      connection.commit();
      connection.setAutoCommit(ownsConnection);
    }
  }

  /** Undoes what ran. */
  public void rollback() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(ownsConnection);
    }
  }

  private void send() throws SQLException {
    if (statements.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(String.join(";\n", statements))) {
      int next = 1;
      for (Parameters given : parameters) {
        next = given.bind(connection, statement, next);
      }
      statement.execute();
    } finally {
      statements.clear();
      parameters.clear();
    }
  }
}
