package io.annals.query.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's claim on a job, if no other has it: a lock of a transaction that says something every
 * now and then. PostgreSQL ends the session, and with it the claim, of a node that is silent for
 * too long, be it stopped or its machine gone; one that dies loses it at once. While it is claimed
 * nothing is written or read in that transaction, so that it holds back no vacuum.
 *
 * <p>A node that stood still goes on with its job when it wakes, while another may do the same.
 * Jobs decide by commands and delete what is over, which two may do at once.
 */
final class Claim implements AutoCloseable {
  /** Much longer than a machine under load keeps a thread from its turn. */
  static final Duration MOST_SILENCE = Duration.ofSeconds(15);

  private static final int SIGNS_OF_LIFE_IN_SILENCE = 5;

  private static final String SILENCE =
      "SELECT set_config('idle_in_transaction_session_timeout', ?, true)";

  private static final String LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))";

  private static final Logger log = LoggerFactory.getLogger(Claim.class);

  private final Connection connection;
  private final String job;
  private final boolean mine;
  private final CountDownLatch over = new CountDownLatch(1);

  private Claim(Connection connection, String job, boolean mine) {
    this.connection = connection;
    this.job = job;
    this.mine = mine;
  }

  /**
   * Claims a job, if it is free.
   *
   * @param mostSilence after which a node that has it loses it
   */
  static Claim on(DataSource dataSource, String job, Duration mostSilence) throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      connection.setAutoCommit(false);
      ask(connection, SILENCE, String.valueOf(mostSilence.toMillis()));
      boolean mine = "t".equals(ask(connection, LOCK, job));
      Claim claim = new Claim(connection, job, mine);
      if (mine) {
        Duration pause = mostSilence.dividedBy(SIGNS_OF_LIFE_IN_SILENCE);
        Thread.ofVirtual().name("annals-claim-" + job).start(() -> claim.live(pause));
      }
      return claim;
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  /** Whether this node has it, or had it when it asked. */
  boolean isMine() {
    return mine;
  }

  private void live(Duration pause) {
    try {
      while (!over.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        giveSignOfLife();
      }
    } catch (SQLException lost) {
      log.warn("Another node may take over job {} while this one is still at it", job, lost);
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void giveSignOfLife() throws SQLException {
    if (over.getCount() > 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT");
      }
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    over.countDown();
    try (connection) {
      connection.rollback();
    }
  }

  private static String ask(Connection connection, String sql, String value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
