package io.annals.query.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Has each job run once per interval over all nodes, and on one of them at a time. Who runs it
 * holds a lock that ends with its connection, so a dead node's is free.
 */
public final class JobTurns {
  private static final double NANOS_OF_SECOND = 1e9;

  private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
  private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(?, 0))";

  /** A start in the future is one from before the clock was set back. */
  private static final String BEGIN =
      """
      INSERT INTO job (name, started) VALUES (?, clock_timestamp())
      ON CONFLICT (name) DO UPDATE SET started = excluded.started
      WHERE job.started + make_interval(secs => ?) <= excluded.started
        OR job.started > excluded.started
      """;

  private static final String SUCCEED =
      "UPDATE job SET succeeded = clock_timestamp() WHERE name = ?";

  private static final String LOOK =
      """
      SELECT succeeded,
          extract(epoch FROM started + make_interval(secs => ?) - clock_timestamp())::float8
      FROM job WHERE name = ?
      """;

  private final DataSource dataSource;

  /** Closed rather than unlocked in a finally: that would hide why the work failed. */
  private interface Lock extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }

  /** Turns in the database that the nodes share. */
  public JobTurns(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * What came of asking for a turn.
   *
   * @param ran whether the job ran here and now
   * @param lastSuccess when it last succeeded on whatever node; null when it never did
   * @param rest how long until somebody should ask again
   */
  public record Turn(boolean ran, @Nullable Instant lastSuccess, Duration rest) {}

  /**
   * Runs a job unless it has run within its interval, or runs now, on whatever node.
   *
   * @param every from one start to the next
   */
  public Turn take(String job, Duration every, Runnable work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (!ask(connection, LOCK, job)) {
        Turn elsewhere = look(connection, job, every, false);
        return elsewhere.rest().isZero()
            ? new Turn(false, elsewhere.lastSuccess(), every) // it takes longer than its interval
            : elsewhere;
      }
      try (Lock _ = () -> ask(connection, UNLOCK, job)) {
        boolean due = begin(connection, job, every);
        if (due) {
          work.run();
          succeed(connection, job);
        }
        return look(connection, job, every, due);
      }
    }
  }

  /**
   * Does something that has no interval, unless another node does it now.
   *
   * @return whether it was done
   */
  public boolean alone(String name, Runnable work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (!ask(connection, LOCK, name)) {
        return false;
      }
      try (Lock _ = () -> ask(connection, UNLOCK, name)) {
        work.run();
        return true;
      }
    }
  }

  private static boolean begin(Connection connection, String job, Duration every)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setString(1, job);
      statement.setDouble(2, seconds(every));
      return statement.executeUpdate() == 1;
    }
  }

  private static void succeed(Connection connection, String job) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SUCCEED)) {
      statement.setString(1, job);
      statement.executeUpdate();
    }
  }

  private static Turn look(Connection connection, String job, Duration every, boolean ran)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      statement.setDouble(1, seconds(every));
      statement.setString(2, job);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return new Turn(ran, null, every); // another node has only just begun it
        }
        OffsetDateTime succeeded = row.getObject(1, OffsetDateTime.class);
        return new Turn(
            ran, succeeded == null ? null : succeeded.toInstant(), rest(row.getDouble(2), every));
      }
    }
  }

  private static Duration rest(double seconds, Duration every) {
    if (seconds <= 0) {
      return Duration.ZERO;
    }
    Duration rest = Duration.ofNanos(Math.round(seconds * NANOS_OF_SECOND));
    return rest.compareTo(every) < 0 ? rest : every;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS_OF_SECOND;
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
