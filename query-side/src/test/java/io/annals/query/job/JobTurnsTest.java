package io.annals.query.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;

import io.annals.query.job.JobTurns.Turn;
import io.annals.query.sql.MigratedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two nodes that have the same job. */
class JobTurnsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SILENCE = Duration.ofSeconds(1);

  private static final DataSource database = MigratedDatabase.create();
  private static final JdbcClient jdbc = JdbcClient.create(database);

  private JobTurns one;
  private JobTurns two;

  @BeforeEach
  void forget() {
    jdbc.sql("DELETE FROM job").update();
    one = new JobTurns(database);
    two = new JobTurns(database);
  }

  @Test
  void within_its_interval_a_job_runs_once_whoever_asks() throws SQLException {
    Turn first = one.take("tidy", HOUR, JobTurnsTest::nothing);
    assertThat(first.ran()).isTrue();
    assertThat(first.rest()).isBetween(Duration.ofMinutes(59), HOUR);
    for (JobTurns node : new JobTurns[] {one, two}) {
      Turn later = node.take("tidy", HOUR, JobTurnsTest::notNow);
      assertThat(later.ran()).isFalse();
      assertThat(later.lastSuccess()).isNotNull().isEqualTo(first.lastSuccess());
      assertThat(later.rest()).isBetween(Duration.ofMinutes(59), first.rest());
    }
    assertThat(one.take("sweep", HOUR, JobTurnsTest::nothing).ran()).as("another job").isTrue();
  }

  @Test
  void after_its_interval_it_runs_again_on_any_node() throws SQLException {
    Turn first = one.take("tidy", HOUR, JobTurnsTest::nothing);
    begunEarlierBy("61 minutes");
    Turn next = two.take("tidy", HOUR, JobTurnsTest::nothing);
    assertThat(next.ran()).isTrue();
    assertThat(Objects.requireNonNull(next.lastSuccess()))
        .isAfter(Objects.requireNonNull(first.lastSuccess()));
  }

  @Test
  void the_interval_counts_from_start_to_start() throws SQLException {
    Turn slow = one.take("tidy", HOUR, () -> begunEarlierBy("61 minutes"));
    assertThat(slow.rest()).isZero();
  }

  @Test
  void while_it_runs_on_one_node_the_others_let_it_be() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (ExecutorService elsewhere = Executors.newSingleThreadExecutor()) {
      Future<Turn> running =
          elsewhere.submit(
              () ->
                  one.take(
                      "tidy",
                      HOUR,
                      () -> {
                        runs.countDown();
                        reach(end);
                      }));
      reach(runs);
      begunEarlierBy("61 minutes");
      Turn turn = two.take("tidy", HOUR, JobTurnsTest::notNow);
      assertThat(turn.ran()).isFalse();
      assertThat(turn.lastSuccess()).isNull();
      assertThat(turn.rest()).isEqualTo(HOUR);
      end.countDown();
      assertThat(running.get(30, TimeUnit.SECONDS).ran()).isTrue();
    }
  }

  @Test
  void what_has_no_interval_is_done_on_one_node_at_a_time() throws SQLException {
    assertThat(one.alone("begin", () -> assertThat(isDoneBy(two)).isFalse())).isTrue();
    assertThat(isDoneBy(two)).isTrue();
  }

  private static boolean isDoneBy(JobTurns node) {
    try {
      return node.alone("begin", JobTurnsTest::nothing);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void one_that_fails_has_had_its_turn_but_no_success() throws SQLException {
    assertThatThrownBy(
            () ->
                one.take(
                    "tidy",
                    HOUR,
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    Turn turn = two.take("tidy", HOUR, JobTurnsTest::notNow);
    assertThat(turn.lastSuccess()).isNull();
    assertThat(turn.rest()).isBetween(Duration.ofMinutes(59), HOUR);
    begunEarlierBy("61 minutes");
    assertThat(two.take("tidy", HOUR, JobTurnsTest::nothing).lastSuccess()).isNotNull();
  }

  @Test
  void a_node_that_dies_meanwhile_leaves_the_next_turn_to_others() {
    assertThatThrownBy(() -> one.take("tidy", HOUR, JobTurnsTest::breakTheConnectionOfTheClaim))
        .isInstanceOf(SQLException.class);
    begunEarlierBy("61 minutes");
    assertThat(takenBy(two).ran()).isTrue();
  }

  @Test
  void a_node_that_stands_still_loses_its_turn() throws SQLException {
    Claim stopped = Claim.on(database, "tidy", SILENCE);
    synchronized (stopped) { // so that it cannot give a sign of life
      await().until(() -> takenBy(two).ran());
    }
    assertThatThrownBy(stopped::close).isInstanceOf(SQLException.class);
  }

  @Test
  void a_job_that_takes_long_keeps_its_turn() throws SQLException {
    JobTurns soonNoticed = new JobTurns(database, SILENCE);
    Runnable longWork =
        () -> {
          await().until(JobTurnsTest::hasBeenClaimedForLong);
          begunEarlierBy("61 minutes");
          assertThat(takenBy(two).ran()).isFalse();
        };
    assertThat(soonNoticed.take("tidy", HOUR, longWork).ran()).isTrue();
  }

  private static boolean hasBeenClaimedForLong() {
    return jdbc.sql(
            """
            SELECT a.xact_start < clock_timestamp() - make_interval(secs => ?)
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND a.datname = current_database()
            """)
        .param(2 * SILENCE.toSeconds())
        .query(Boolean.class)
        .single();
  }

  @Test
  void why_a_job_failed_is_told_also_when_its_connection_is_gone() {
    Runnable failing =
        () -> {
          breakTheConnectionOfTheClaim();
          throw new IllegalStateException("why");
        };
    assertThatThrownBy(() -> one.take("tidy", HOUR, failing))
        .hasMessage("why")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(SQLException.class));
    assertThatThrownBy(() -> one.alone("tidy", failing)).hasMessage("why");
  }

  @Test
  void a_database_whose_clock_was_set_back_does_not_stop_a_job() throws SQLException {
    one.take("tidy", HOUR, JobTurnsTest::nothing);
    begunEarlierBy("-3 days");
    assertThat(two.take("tidy", HOUR, JobTurnsTest::nothing).ran()).isTrue();
  }

  private static void nothing() {
    // That it runs is all there is to it.
  }

  private static void notNow() {
    fail("it runs although it is not due here");
  }

  private static Turn takenBy(JobTurns node) {
    try {
      return node.take("tidy", HOUR, JobTurnsTest::nothing);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void begunEarlierBy(String interval) {
    jdbc.sql("UPDATE job SET started = started - ?::interval").param(interval).update();
  }

  private static void breakTheConnectionOfTheClaim() {
    jdbc.sql(
            """
            SELECT pg_terminate_backend(a.pid)
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND a.datname = current_database()
            """)
        .query(Boolean.class)
        .single();
  }

  private static void reach(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }
}
