package io.annals.app.job;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.JobNode;
import io.annals.app.log.TestPostgres;
import io.annals.command.decision.Change;
import io.annals.command.decision.Created;
import io.annals.command.deployment.DeploymentChanges;
import io.annals.command.deployment.DeploymentCommand.DeployFlow;
import io.annals.command.deployment.DeploymentCommand.NewSchedule;
import io.annals.command.flow.FlowCommand.CreateFlow;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.log.ObservedAppender;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunCommand.CreateTaskRun;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.log.Face;
import io.annals.events.log.Origin;
import io.annals.events.schedule.Schedule.CronSchedule;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A node of its own with one flow, and what jobs find there. */
final class JobFixture implements AutoCloseable {
  final String url;
  final JobNode node;
  final HikariDataSource pool;
  final JdbcClient jdbc;
  final CommandGateway gateway;
  final UUID flow;

  JobFixture(Path home) {
    url = TestPostgres.freshDatabase();
    node = new JobNode(url, home);
    pool = TestPostgres.reader(url);
    jdbc = JdbcClient.create(pool);
    gateway = node.part(CommandGateway.class);
    Created created = gateway.sendAndWait(new CreateFlow("etl", List.of(), object()));
    flow = created.id();
  }

  JobCommands commands(String job) {
    return new JobCommands(gateway, job);
  }

  UUID run(StateType type) {
    return run(null, ProposedState.of(type));
  }

  UUID run(@Nullable UUID parentTaskRunId, ProposedState state) {
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

  /** A task run of a flow run. */
  UUID task(UUID flowRunId, String name) {
    Created task =
        gateway.sendAndWait(
            new CreateTaskRun(
                null,
                name + "-0",
                flowRunId,
                name,
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
    return task.id();
  }

  void set(UUID run, StateType type) {
    gateway.sendAndWait(new SetFlowRunState(run, ProposedState.of(type), true, Client.UNKNOWN));
  }

  /** A deployment of the flow with one schedule. */
  UUID deploy(String name, String cron) {
    NewSchedule schedule =
        new NewSchedule(new CronSchedule(cron, null, true), true, null, object(), null);
    Created created =
        gateway.sendAndWait(new DeployFlow(flow, name, unchanged(), List.of(schedule)));
    return created.id();
  }

  /** A client reports something about a resource, such as that a run is alive. */
  void report(String event, String resourceId, Instant occurred) {
    Face face =
        new Face(
            UUID.randomUUID(),
            occurred,
            event,
            Map.of(Face.RESOURCE_ID, resourceId),
            List.of(),
            object(),
            null);
    node.part(ObservedAppender.class).append(List.of(face), Origin.NONE).join();
  }

  String state(UUID run) {
    return jdbc.sql("SELECT state_type || ' ' || state_name FROM flow_run WHERE id = ?")
        .param(run)
        .query(String.class)
        .single();
  }

  String message(UUID run) {
    return jdbc.sql(
            "SELECT message FROM flow_run_state"
                + " WHERE id = (SELECT state_id FROM flow_run WHERE id = ?)")
        .param(run)
        .query(String.class)
        .single();
  }

  /** What is said of a deployment that says nothing of itself. */
  static DeploymentChanges unchanged() {
    return new DeploymentChanges(
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none());
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    node.close();
    pool.close();
  }
}
