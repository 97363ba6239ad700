package io.annals.query.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Lets one node at a time run a job; a claim ends with its connection, so a dead node's is free.
 */
public final class JobClaims {
  private static final String CLAIM = "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
  private static final String RELEASE = "SELECT pg_advisory_unlock(hashtextextended(?, 0))";

  private final DataSource dataSource;

  /** Claims in the database that the nodes share. */
  public JobClaims(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Runs the work unless another node is running this job now.
   *
   * @return whether it ran
   */
  public boolean runExclusively(String job, Runnable work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (!ask(connection, CLAIM, job)) {
        return false;
      }
      try {
        work.run();
        return true;
      } finally {
        ask(connection, RELEASE, job);
      }
    }
  }

  private static boolean ask(Connection connection, String sql, String job) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, job);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
