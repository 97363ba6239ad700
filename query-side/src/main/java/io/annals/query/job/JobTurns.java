package io.annals.query.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has each job run once per interval over all nodes, and on one of them at a time. Who runs it has
 * a {@link Claim}, which ends with the node, also when that stands still.
 */
public final class JobTurns {
  private static final double NANOS_OF_SECOND = 1e9;

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
  private final JdbcClient jdbc;
  private final Duration mostSilence;

  /** Turns in the database that the nodes share. */
  public JobTurns(DataSource dataSource) {
    this(dataSource, Claim.MOST_SILENCE);
  }

  /** For nodes whose silence is noticed sooner. */
  JobTurns(DataSource dataSource, Duration mostSilence) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
    this.mostSilence = mostSilence;
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
    try (Claim claim = claim(job)) {
      if (!claim.isMine()) {
        Turn elsewhere = look(job, every, false);
        return elsewhere.rest().isZero()
            ? new Turn(false, elsewhere.lastSuccess(), every) // it takes longer than its interval
            : elsewhere;
      }
      boolean due = begin(job, every);
      if (due) {
        work.run();
        succeed(job);
      }
      return look(job, every, due);
    }
  }

  /**
   * Does something that has no interval, unless another node does it now.
   *
   * @return whether it was done
   */
  public boolean alone(String name, Runnable work) throws SQLException {
    try (Claim claim = claim(name)) {
      if (claim.isMine()) {
        work.run();
      }
      return claim.isMine();
    }
  }

  private Claim claim(String job) throws SQLException {
    return Claim.on(dataSource, job, mostSilence);
  }

  private boolean begin(String job, Duration every) {
    return jdbc.sql(BEGIN).params(job, seconds(every)).update() == 1;
  }

  private void succeed(String job) {
    jdbc.sql(SUCCEED).param(job).update();
  }

  private Turn look(String job, Duration every, boolean ran) {
    return jdbc.sql(LOOK)
        .params(seconds(every), job)
        .query((row, index) -> turn(row, every, ran))
        .optional()
        .orElse(new Turn(ran, null, every)); // another node has only just begun it
  }

  private static Turn turn(ResultSet row, Duration every, boolean ran) throws SQLException {
    OffsetDateTime succeeded = row.getObject(1, OffsetDateTime.class);
    return new Turn(
        ran, succeeded == null ? null : succeeded.toInstant(), rest(row.getDouble(2), every));
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
}
