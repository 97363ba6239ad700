package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.JobNode;
import io.annals.app.log.TestPostgres;
import io.annals.command.decision.Created;
import io.annals.command.flow.FlowCommand.CreateFlow;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunCommand.CreateTaskRun;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunPolicy;
import io.annals.query.overdue.OverdueQueries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What jobs select and what becomes of it. Each test looks only at its own runs. */
class OverdueRunsTest {
  private static final Duration EVERY = Duration.ofSeconds(5);
  @TempDir static Path home;

  private static JobNode node;
  private static HikariDataSource pool;
  private static JdbcClient jdbc;
  private static CommandGateway gateway;
  private static UUID flow;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

  @BeforeAll
  static void start() {
    String url = TestPostgres.freshDatabase();
    node = new JobNode(url, home);
    pool = TestPostgres.reader(url);
    jdbc = JdbcClient.create(pool);
    gateway = node.part(CommandGateway.class);
    Created created = gateway.sendAndWait(new CreateFlow("etl", List.of(), object()));
    flow = created.id();
  }

  @AfterAll
  static void stop() {
    node.close();
    pool.close();
  }

  @Test
  void a_run_that_nobody_took_is_late_after_a_while() {
    UUID late = run(null, scheduled("Scheduled", now.minusSeconds(20)));
    UUID soon = run(null, scheduled("Scheduled", now.minusSeconds(10)));
    UUID retried = run(null, scheduled("AwaitingRetry", now.minusSeconds(20)));
    new LateRuns(queries(), commands("late-runs"), EVERY, Duration.ofSeconds(15)).run(now);
    assertThat(state(late)).isEqualTo("SCHEDULED Late");
    assertThat(state(soon)).isEqualTo("SCHEDULED Scheduled");
    assertThat(state(retried)).isEqualTo("SCHEDULED AwaitingRetry");
    assertThat(
            jdbc.sql("SELECT next_scheduled_start_time FROM flow_run WHERE id = ?")
                .param(late)
                .query(Instant.class)
                .single())
        .isEqualTo(now.minusSeconds(20));
    assertThat(principals(late)).contains("late-runs");
  }

  @Test
  void a_pause_that_nobody_ended_fails_the_run() {
    UUID expired = run(null, paused(now.minusSeconds(1)));
    UUID waiting = run(null, paused(now.plusSeconds(60)));
    new PauseExpirations(queries(), commands("pause-expirations"), EVERY).run(now);
    assertThat(state(expired)).isEqualTo("FAILED Failed");
    assertThat(message(expired)).isEqualTo("The flow was paused and never resumed.");
    assertThat(state(waiting)).isEqualTo("PAUSED Paused");
  }

  @Test
  void a_run_that_does_not_stop_is_cancelled() {
    UUID run = run(null, ProposedState.of(StateType.CANCELLING));
    cleanup().run(now);
    assertThat(state(run)).isEqualTo("CANCELLING Cancelling");
    cleanup().run(Instant.now().plusSeconds(301));
    assertThat(state(run)).isEqualTo("CANCELLED Cancelled");
    assertThat(message(run))
        .isEqualTo("Flow run cancellation timed out; marked this flow run as Cancelled.");
  }

  @Test
  void what_a_cancelled_run_leaves_behind_is_cancelled() {
    UUID parent = run(null, ProposedState.of(StateType.RUNNING));
    Created task =
        gateway.sendAndWait(
            new CreateTaskRun(
                null,
                "child-0",
                parent,
                "child",
                "0",
                null,
                null,
                null,
                TaskRunPolicy.DEFAULT,
                List.of(),
                object(),
                object(),
                ProposedState.of(StateType.RUNNING),
                Client.UNKNOWN));
    UUID child = run(task.id(), ProposedState.of(StateType.RUNNING));
    cleanup().run(now);
    assertThat(state(child)).isEqualTo("RUNNING Running");
    gateway.sendAndWait(
        new SetFlowRunState(parent, ProposedState.of(StateType.CANCELLED), true, Client.UNKNOWN));
    cleanup().run(now);
    cleanup().run(now);
    assertThat(state(child)).isEqualTo("CANCELLED Cancelled");
    assertThat(message(child)).isEqualTo("The parent flow run was cancelled.");
    assertThat(
            jdbc.sql("SELECT state_type FROM task_run WHERE id = ?")
                .param(task.id())
                .query(String.class)
                .single())
        .isEqualTo("CANCELLED");
  }

  @Test
  void a_run_that_never_sent_a_heartbeat_is_left_alone() {
    UUID run = run(null, ProposedState.of(StateType.RUNNING));
    new SilentRuns(queries(), commands("silent-runs"), EVERY, Duration.ofSeconds(90))
        .run(Instant.now().plusSeconds(3_600));
    assertThat(state(run)).isEqualTo("RUNNING Running");
  }

  @Test
  void a_run_that_ended_long_ago_is_deleted() {
    UUID ended = run(null, ProposedState.of(StateType.COMPLETED));
    UUID open = run(null, ProposedState.of(StateType.RUNNING));
    FlowRunVacuum vacuum =
        new FlowRunVacuum(
            queries(),
            commands("flow-run-vacuum"),
            new FlowRunVacuum.Settings(EVERY, Duration.ofDays(90), 2));
    vacuum.run(now.plus(Duration.ofDays(89)));
    assertThat(state(ended)).isEqualTo("COMPLETED Completed");
    vacuum.run(now.plus(Duration.ofDays(91)));
    assertThat(
            jdbc.sql("SELECT id FROM flow_run WHERE id IN (?, ?)")
                .param(ended)
                .param(open)
                .query(UUID.class)
                .list())
        .containsExactly(open);
  }

  private static CancellationCleanup cleanup() {
    return new CancellationCleanup(
        queries(),
        commands("cancellation-cleanup"),
        new CancellationCleanup.Settings(EVERY, Duration.ofMinutes(5)));
  }

  private static OverdueQueries queries() {
    return node.part(OverdueQueries.class);
  }

  private static JobCommands commands(String job) {
    return new JobCommands(gateway, job);
  }

  private static UUID run(@Nullable UUID parentTaskRunId, ProposedState state) {
    Created created =
        gateway.sendAndWait(
            new CreateFlowRun(
                flow,
                null,
                null,
                null,
                null,
                null,
                null,
                object(),
                null,
                object(),
                EmpiricalPolicy.DEFAULT,
                List.of(),
                object(),
                parentTaskRunId,
                null,
                object(),
                null,
                state,
                Client.UNKNOWN));
    return created.id();
  }

  private static ProposedState scheduled(String name, Instant at) {
    return new ProposedState(StateType.SCHEDULED, name, null, null, StateDetails.NONE.at(at));
  }

  private static ProposedState paused(Instant timeout) {
    StateDetails details =
        new StateDetails(
            null, null, null, null, null, null, false, false, timeout, false, null, null, null,
            null, null, null, null, null);
    return new ProposedState(StateType.PAUSED, null, null, null, details);
  }

  private static String state(UUID run) {
    return jdbc.sql("SELECT state_type || ' ' || state_name FROM flow_run WHERE id = ?")
        .param(run)
        .query(String.class)
        .single();
  }

  private static String message(UUID run) {
    return jdbc.sql(
            "SELECT message FROM flow_run_state"
                + " WHERE id = (SELECT state_id FROM flow_run WHERE id = ?)")
        .param(run)
        .query(String.class)
        .single();
  }

  private static List<@Nullable String> principals(UUID run) {
    return jdbc.sql(
            "SELECT metadata ->> 'principal' FROM event_log"
                + " WHERE stream = ? AND metadata ->> 'principal' IS NOT NULL")
        .param("flowrun-" + run)
        .query(String.class)
        .list();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
