package io.annals.app.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.database.Database;
import io.annals.app.database.DatabaseAddress;
import io.annals.app.http.ReadinessCheck;
import io.annals.app.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Small pools: a slow reader never keeps the writer or a job from its connection. */
@Configuration(proxyBeanMethods = false)
class DatabaseWiring {
  /** One transaction is written at a time; the second connection bridges a reconnect. */
  private static final int WRITER_CONNECTIONS = 2;

  /**
   * A job holds one for as long as it runs, and may need a second: more than there are jobs, or all
   * of them could wait for each other.
   */
  private static final int JOB_CONNECTIONS = 20;

  /** Followers read the tail of the log in turn; one looks for what other nodes have committed. */
  private static final int FOLLOWER_CONNECTIONS = 2;

  private static final int VACUUM_CONNECTIONS = 2;

  /** What stands for "no bound" in Prefect's max_overflow. */
  private static final int UNBOUNDED = -1;

  /** The most connections the readers of one node take when Prefect would set no bound. */
  private static final int MOST_READER_CONNECTIONS = 50;

  /** Hikari's own smallest values, in milliseconds. */
  private static final long LEAST_LIFETIME = 30_000;

  private static final long LEAST_WAIT = 250;
  private static final int PING_SECONDS = 2;
  private static final int MILLIS = 1_000;
  private static final String POOL = "server.database.sqlalchemy.";

  /**
   * For statements that always find their rows by an index: planned once, for a table of any size.
   * A statement that joins a table with rows it is given compares keys by {@code = ANY (ARRAY[…])}:
   * for a plain {@code =} PostgreSQL also thinks of going through the whole index in order, and
   * does so for as long as it believes the table to be small.
   */
  private static final String ONE_PLAN_BY_INDEX =
      "; SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;"
          + " SET enable_hashjoin = off; SET enable_mergejoin = off";

  /**
   * Compiling pays for long statements only. PostgreSQL before 18 counts a plan method that is
   * switched off as a high cost, and would compile every statement of the writer for it.
   */
  private static final String SHORT_STATEMENTS = "SET jit = off";

  /**
   * Who is silent in the middle of a transaction for so long loses it, and what it has locked. A
   * node that stands still, or whose machine is gone, would else keep all others from the end of
   * the log. Shorter than statements may take by default, so that the others just wait. Not for the
   * vacuum, which may be long about what it has read.
   */
  private static final Duration MOST_SILENCE = Duration.ofSeconds(5);

  /**
   * PostgreSQL itself ends a statement that takes too long. When twice as much time has passed
   * without a word from it, the network is broken or its machine is gone.
   */
  private static final int SILENCE_OF_DATABASE = 2;

  private final Database database;
  private final Settings settings;

  DatabaseWiring(Database database, Settings settings) {
    this.database = database;
    this.settings = settings;
  }

  /** For the group commit, which ends its transactions itself. */
  @Bean(destroyMethod = "close")
  HikariDataSource writerDataSource() {
    HikariConfig pool = limited("writer", WRITER_CONNECTIONS);
    pool.setMinimumIdle(1);
    pool.setConnectionInitSql(pool.getConnectionInitSql() + ONE_PLAN_BY_INDEX);
    return new HikariDataSource(pool);
  }

  /**
   * For requests that filter: those need plans for their own values, never a generic one. Prefect's
   * overflow is their bound, its pool size that of the look-ups.
   */
  @Bean(destroyMethod = "close")
  @Primary
  HikariDataSource readerDataSource() {
    int overflow = settings.integer(POOL + "max_overflow");
    int most = overflow == UNBOUNDED ? MOST_READER_CONNECTIONS : overflow;
    HikariConfig pool = limited("reader", Math.max(1, most));
    pool.setMinimumIdle(1);
    pool.setConnectionInitSql(
        pool.getConnectionInitSql() + "; SET plan_cache_mode = force_custom_plan");
    return new HikariDataSource(pool);
  }

  /** For look-ups by a key, which are planned once. */
  @Bean(destroyMethod = "close")
  HikariDataSource lookupDataSource() {
    HikariConfig pool = limited("lookup", Math.max(1, settings.integer(POOL + "pool_size")));
    pool.setMinimumIdle(1);
    pool.setConnectionInitSql(pool.getConnectionInitSql() + ONE_PLAN_BY_INDEX);
    return new HikariDataSource(pool);
  }

  /** For jobs: their claims, and what they do in the database themselves. */
  @Bean(destroyMethod = "close")
  HikariDataSource jobDataSource() {
    HikariConfig pool = limited("job", JOB_CONNECTIONS);
    pool.setMinimumIdle(1);
    return new HikariDataSource(pool);
  }

  /** For those who follow the log, whom no job that takes long keeps waiting. */
  @Bean(destroyMethod = "close")
  HikariDataSource followerDataSource() {
    HikariConfig pool = limited("follower", FOLLOWER_CONNECTIONS);
    pool.setMinimumIdle(1);
    return new HikariDataSource(pool);
  }

  /** For what goes through whole tables, however long that takes; rarely, so none stays open. */
  @Bean(destroyMethod = "close")
  HikariDataSource vacuumDataSource() {
    HikariConfig pool = pool("vacuum", VACUUM_CONNECTIONS);
    pool.setMinimumIdle(0);
    pool.setConnectionInitSql("SET statement_timeout = 0");
    return new HikariDataSource(pool);
  }

  @Bean
  JdbcClient jdbcClient(@Qualifier("readerDataSource") DataSource reader) {
    return JdbcClient.create(reader);
  }

  @Bean
  ReadinessCheck databaseAnswers(@Qualifier("readerDataSource") DataSource reader) {
    return () -> {
      try (Connection connection = reader.getConnection()) {
        return connection.isValid(PING_SECONDS) ? null : ReadinessCheck.DATABASE_TROUBLE;
      } catch (SQLException unreachable) {
        return ReadinessCheck.DATABASE_TROUBLE;
      }
    };
  }

  private HikariConfig pool(String name, int most) {
    DatabaseAddress address = database.address();
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setJdbcUrl(address.jdbcUrl());
    pool.setDataSourceProperties(address.properties());
    pool.setMaximumPoolSize(most);
    // The database was reached a moment ago: no need to wait for connections before they are used.
    pool.setInitializationFailTimeout(-1);
    pool.setConnectionTimeout(
        settings
            .optionalDuration(POOL + "pool_timeout")
            .map(wait -> Math.max(LEAST_WAIT, wait.toMillis()))
            .orElse(0L));
    long recycle = settings.duration(POOL + "pool_recycle").toMillis();
    pool.setMaxLifetime(recycle < 0 ? 0 : Math.max(LEAST_LIFETIME, recycle));
    return pool;
  }

  /** A pool for statements that are not to take long, and for transactions that never rest. */
  private HikariConfig limited(String name, int most) {
    HikariConfig pool = pool(name, most);
    long limit =
        settings.optionalDuration("server.database.timeout").map(Duration::toMillis).orElse(0L);
    pool.setConnectionInitSql(
        String.format(
            Locale.ROOT,
            "SET statement_timeout = %d; SET idle_in_transaction_session_timeout = %d; "
                + SHORT_STATEMENTS,
            limit,
            MOST_SILENCE.toMillis()));
    pool.addDataSourceProperty(
        "socketTimeout", Long.toString(Math.ceilDiv(SILENCE_OF_DATABASE * limit, MILLIS)));
    return pool;
  }
}
