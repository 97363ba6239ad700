package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.app.job.Vacuum.Finding;
import io.annals.command.artifact.ArtifactCommand.CreateArtifact;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.command.state.ProposedState;
import io.annals.events.state.StateType;
import io.annals.query.log.LogVerification;
import io.annals.query.runlog.LogWriter;
import io.annals.query.runlog.NewLog;
import io.annals.query.sql.Database;
import io.annals.query.vacuum.ExpiredEvents;
import io.annals.query.vacuum.ExpiredRuns;
import io.annals.query.vacuum.Leftover;
import io.annals.query.vacuum.Orphans;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes when its time is over, and what is said of it before. */
class VacuumTest {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration QUARTER = Duration.ofDays(90);
  private static final String HEARTBEAT = "prefect.flow-run.heartbeat";
  private static final int BATCH = 2;

  @TempDir Path home;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private JobFixture jobs;

  @BeforeEach
  void start() {
    jobs = new JobFixture(home);
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  @Test
  void reported_events_go_by_whole_days() {
    Instant report = now.minusSeconds(5);
    report("shop.sold", report);
    report("shop.sold", report.plusSeconds(1));
    EventRetention retention = events(Map.of());
    Instant tooEarly = dayOf(now).plus(WEEK).plus(Duration.ofHours(23));
    assertThat(retention.findings(tooEarly)).containsExactly(none("events", dayOf(now)));
    Instant weekLater = dayOf(now).plus(WEEK).plus(Duration.ofDays(1));
    Instant firstKept = dayOf(now).plus(Duration.ofDays(1));
    assertThat(retention.findings(weekLater))
        .containsExactly(new Finding("events", new Leftover(2, report), firstKept));
    retention.run(tooEarly);
    assertThat(count("event_log_observed")).isEqualTo(2);
    retention.run(weekLater);
    assertThat(count("event_log_observed")).isZero();
    assertThat(retention.findings(weekLater)).containsExactly(none("events", firstKept));
    assertThat(count("event_log_domain")).as("what the server decided").isPositive();
  }

  @Test
  void events_of_a_name_that_is_kept_shorter_go_one_by_one_and_the_log_still_verifies()
      throws SQLException {
    Instant aDayAgo = now.minus(Duration.ofDays(1));
    for (int number = 0; number < 5; number++) {
      report(HEARTBEAT, aDayAgo.minusSeconds(number + 1));
      report("shop.sold", aDayAgo.minusSeconds(number + 1));
      report(HEARTBEAT, aDayAgo.plusSeconds(number));
    }
    EventRetention retention = events(Map.of(HEARTBEAT, Duration.ofDays(1)));
    assertThat(retention.findings(now))
        .containsExactly(
            none("events", dayOf(now.minus(WEEK))),
            new Finding("events " + HEARTBEAT, new Leftover(5, aDayAgo.minusSeconds(5)), aDayAgo));
    retention.run(now);
    assertThat(namesOfEvents()).isEqualTo(Map.of(HEARTBEAT, 5L, "shop.sold", 5L));
    assertThat(count("event_log_removed")).isEqualTo(5);
    assertThat(isWhole()).isTrue();
    report("shop.sold", now);
    assertThat(isWhole()).as("with what came afterwards").isTrue();
  }

  @Test
  void an_event_that_went_otherwise_is_still_missed_and_a_changed_one_found() throws SQLException {
    for (int number = 0; number < 3; number++) {
      report(HEARTBEAT, now.minus(Duration.ofDays(2)));
      report("shop.sold", now);
    }
    events(Map.of(HEARTBEAT, Duration.ofDays(1))).run(now);
    assertThat(isWhole()).isTrue();
    jobs.jdbc
        .sql(
            "UPDATE event_log_observed SET face_name = 'shop.lost' WHERE position ="
                + " (SELECT max(position) FROM event_log_observed)")
        .update();
    assertThat(isWhole()).isFalse();
  }

  @Test
  void what_is_kept_of_removed_events_goes_with_their_day() {
    report(HEARTBEAT, now.minus(Duration.ofDays(2)));
    report("shop.sold", now);
    EventRetention retention = events(Map.of(HEARTBEAT, Duration.ofDays(1)));
    retention.run(now);
    assertThat(count("event_log_removed")).isEqualTo(1);
    retention.run(now.plus(WEEK).plus(Duration.ofDays(2)));
    assertThat(count("event_log_removed")).isZero();
  }

  @Test
  void a_name_that_is_kept_as_long_as_all_others_goes_with_its_day() {
    report(HEARTBEAT, now.minus(Duration.ofDays(8)));
    EventRetention retention = events(Map.of(HEARTBEAT, WEEK, "shop.sold", Duration.ofDays(30)));
    assertThat(retention.findings(now)).hasSize(1);
    retention.run(now);
    assertThat(count("event_log_observed")).isEqualTo(1);
  }

  @Test
  void runs_that_ended_long_ago_go_with_subflows_and_artifacts() {
    UUID parent = jobs.run(StateType.RUNNING);
    UUID child = jobs.run(jobs.task(parent, "child"), ProposedState.of(StateType.COMPLETED));
    jobs.set(parent, StateType.COMPLETED);
    UUID failed = jobs.run(StateType.FAILED);
    UUID open = jobs.run(StateType.RUNNING);
    UUID subflowOfOpen = jobs.run(jobs.task(open, "child"), ProposedState.of(StateType.FAILED));
    for (UUID run : List.of(parent, parent, parent, open)) {
      artifact("report", run);
    }
    FlowRunVacuum vacuum = runs();
    assertThat(vacuum.findings(now.plus(QUARTER).minus(Duration.ofDays(1))))
        .containsExactly(none("flow runs", now.minus(Duration.ofDays(1))));
    Instant later = now.plus(QUARTER).plus(Duration.ofDays(1));
    Finding found = vacuum.findings(later).getFirst();
    assertThat(found.leftover().count()).as("parent, child and failed").isEqualTo(3);
    assertThat(found.leftover().oldest()).isEqualTo(endOf(child));
    vacuum.run(later);
    assertThat(jobs.jdbc.sql("SELECT id FROM flow_run").query(UUID.class).list())
        .containsExactlyInAnyOrder(open, subflowOfOpen)
        .doesNotContain(failed);
    assertThat(jobs.jdbc.sql("SELECT flow_run_id FROM artifact").query(UUID.class).list())
        .containsExactly(open);
    assertThat(vacuum.findings(later).getFirst().leftover()).isEqualTo(Leftover.NOTHING);
  }

  /** The row tells what the job saw a moment before the run was started again. */
  @Test
  void a_run_that_was_started_again_when_it_was_about_to_go_stays() {
    UUID run = jobs.run(StateType.FAILED);
    artifact("report", run);
    Instant end = endOf(run);
    jobs.set(run, StateType.RUNNING);
    jobs.jdbc
        .sql("UPDATE flow_run SET state_type = 'FAILED', end_time = ?::timestamptz")
        .param(end.toString())
        .update();
    runs().run(now.plus(QUARTER).plus(Duration.ofDays(1)));
    assertThat(count("flow_run")).isEqualTo(1);
    assertThat(count("artifact")).isEqualTo(1);
    jobs.set(run, StateType.COMPLETED);
    assertThat(jobs.state(run)).isEqualTo("COMPLETED Completed");
  }

  @Test
  void lines_and_artifacts_without_a_run_go() {
    UUID kept = jobs.run(StateType.RUNNING);
    UUID deleted = jobs.run(StateType.COMPLETED);
    jobs.gateway.sendAndWait(new DeleteFlowRun(deleted));
    UUID never = UUID.randomUUID();
    for (UUID run : List.of(kept, deleted, never)) {
      artifact("of " + run, run);
      artifact("shared", run);
    }
    print(kept, 5);
    print(never, 5);
    print(null, 1);
    artifact("of nobody", null);
    OrphanVacuum vacuum = orphans();
    assertThat(vacuum.findings(now))
        .containsExactly(
            new Finding("log lines without a flow run", new Leftover(5, now), null),
            new Finding(
                "artifacts without a flow run", new Leftover(4, oldestArtifactBut(kept)), null));
    vacuum.run(now);
    assertThat(jobs.jdbc.sql("SELECT DISTINCT flow_run_id FROM log").query(UUID.class).list())
        .containsExactlyInAnyOrder(kept, null);
    assertThat(count("log")).isEqualTo(6);
    assertThat(count("artifact")).isEqualTo(3);
    assertThat(
            jobs.jdbc
                .sql("SELECT key FROM artifact_collection ORDER BY key")
                .query(String.class)
                .list())
        .containsExactly("of " + kept, "of nobody", "shared");
    assertThat(vacuum.findings(now)).extracting(Finding::leftover).containsOnly(Leftover.NOTHING);
  }

  private EventRetention events(Map<String, Duration> ofNames) {
    return new EventRetention(
        new ExpiredEvents(jobs.pool), new EventRetention.Settings(EVERY, WEEK, ofNames, BATCH));
  }

  private FlowRunVacuum runs() {
    return new FlowRunVacuum(
        new ExpiredRuns(jobs.node.part(Database.class)),
        jobs.commands("flow-run-vacuum"),
        new FlowRunVacuum.Settings(EVERY, QUARTER, BATCH));
  }

  private OrphanVacuum orphans() {
    return new OrphanVacuum(
        new Orphans(jobs.node.part(Database.class)),
        jobs.commands("orphan-vacuum"),
        new OrphanVacuum.Settings(EVERY, BATCH));
  }

  private static Finding none(String what, Instant before) {
    return new Finding(what, Leftover.NOTHING, before);
  }

  private static Instant dayOf(Instant time) {
    return time.truncatedTo(ChronoUnit.DAYS);
  }

  private void report(String event, Instant occurred) {
    jobs.report(event, "shop.1", occurred);
  }

  private void artifact(String key, @Nullable UUID run) {
    jobs.gateway.sendAndWait(
        new CreateArtifact(key, "text", null, JobFixture.object(), null, run, null));
  }

  private void print(@Nullable UUID run, int lines) {
    NewLog line = new NewLog("shop", 20, "sold", now, run, null);
    jobs.node.part(LogWriter.class).write(Collections.nCopies(lines, line)).orElseThrow().join();
  }

  private Instant endOf(UUID run) {
    return jobs.jdbc
        .sql("SELECT end_time FROM flow_run WHERE id = ?")
        .param(run)
        .query(Instant.class)
        .single();
  }

  private Instant oldestArtifactBut(UUID run) {
    return jobs.jdbc
        .sql("SELECT min(created) FROM artifact WHERE flow_run_id <> ?")
        .param(run)
        .query(Instant.class)
        .single();
  }

  private long count(String table) {
    return jobs.jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  private Map<String, Long> namesOfEvents() {
    return jobs
        .jdbc
        .sql("SELECT face_name FROM event_log_observed")
        .query(String.class)
        .list()
        .stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private boolean isWhole() throws SQLException {
    try (Connection connection = jobs.pool.getConnection()) {
      connection.setAutoCommit(false);
      boolean whole = LogVerification.firstBrokenObservedEvent(connection).isEmpty();
      connection.rollback();
      connection.setAutoCommit(true);
      return whole;
    }
  }
}
