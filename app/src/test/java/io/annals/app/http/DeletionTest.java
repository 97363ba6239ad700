package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.JobNode;
import io.annals.app.log.TestPostgres;
import io.annals.command.decision.Created;
import io.annals.command.decision.RefusedException;
import io.annals.command.deployment.DeploymentCommand.DeleteDeployment;
import io.annals.command.deployment.DeploymentCommand.DeployFlow;
import io.annals.command.flow.FlowCommand.CreateFlow;
import io.annals.command.flow.FlowCommand.DeleteFlow;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.command.state.Client;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.query.deployment.DeploymentQueries;
import io.annals.query.flow.FlowQueries;
import io.annals.query.flowrun.FlowRunQueries;
import io.annals.query.request.RequestReader;
import io.annals.query.sql.Database;
import io.annals.query.state.RunHistory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Deletions while somebody else is at work: just before a command of theirs, something happens. */
class DeletionTest {
  private static final RequestContext REQUEST = new RequestContext(null, null, "mine-1", null);

  private static JobNode node;
  private static HikariDataSource pool;

  private Consumer<Object> before = command -> {};
  private CommandGateway others;
  private FlowRoutes flows;
  private FlowRunListRoutes flowRuns;
  private DeploymentListRoutes deployments;

  @BeforeAll
  static void start(@TempDir Path home) {
    String url = TestPostgres.freshDatabase();
    node = new JobNode(url, home);
    pool = TestPostgres.reader(url);
  }

  @AfterAll
  static void stop() {
    node.close();
    pool.close();
  }

  @BeforeEach
  void layOut() {
    others = node.part(CommandGateway.class);
    MessageDispatchInterceptor<CommandMessage<?>> meddler =
        messages ->
            (index, message) -> {
              before.accept(message.getPayload());
              return message;
            };
    DefaultCommandGateway gateway =
        DefaultCommandGateway.builder().commandBus(node.part(CommandBus.class)).build();
    gateway.registerDispatchInterceptor(meddler);
    Commands commands = new Commands(gateway);
    Database database = node.part(Database.class);
    FlowRunQueries runQueries = node.part(FlowRunQueries.class);
    DeploymentQueries deploymentQueries = node.part(DeploymentQueries.class);
    RunHistory history = new RunHistory(database, InstantSource.system(), "flow_run");
    flows =
        new FlowRoutes(
            commands,
            node.part(FlowQueries.class),
            new FlowDeletion(commands, deploymentQueries, runQueries),
            PageLimits.DEFAULT);
    flowRuns = new FlowRunListRoutes(commands, runQueries, history, PageLimits.DEFAULT);
    deployments = new DeploymentListRoutes(commands, deploymentQueries, PageLimits.DEFAULT);
    asRequest(() -> flows.bulkDelete(new FlowRoutes.FlowBulk(null, 50)));
  }

  @Test
  void runs_that_vanish_from_a_bulk_are_left_out() {
    UUID flow = flow("etl");
    UUID kept = run(flow);
    UUID lost = run(flow);
    justBefore(new DeleteFlowRun(lost), () -> others.sendAndWait(new DeleteFlowRun(lost)));
    asRequest(
        () ->
            assertThat(flowRuns.bulkDelete(new FlowRunListRoutes.FlowRunBulk(null, 50)).deleted())
                .containsExactly(kept));
    assertThat(count("flow_run")).isZero();
  }

  @Test
  void deployments_that_vanish_from_a_bulk_are_left_out() {
    UUID flow = flow("etl");
    UUID lost = deploy(flow, "a");
    UUID kept = deploy(flow, "b");
    DeleteDeployment deletion = new DeleteDeployment(lost, true);
    justBefore(deletion, () -> others.sendAndWait(deletion));
    asRequest(
        () ->
            assertThat(
                    deployments
                        .bulkDelete(new DeploymentListRoutes.DeploymentBulk(null, 50))
                        .deleted())
                .containsExactly(kept));
    assertThat(count("deployment")).isZero();
  }

  @Test
  void flows_that_vanish_from_a_bulk_are_left_out() {
    UUID lost = flow("a");
    UUID kept = flow("b");
    justBefore(new DeleteFlow(lost), () -> others.sendAndWait(new DeleteFlow(lost)));
    asRequest(
        () ->
            assertThat(flows.bulkDelete(new FlowRoutes.FlowBulk(null, 50)).deleted())
                .containsExactly(kept));
    assertThat(count("flow")).isZero();
  }

  @Test
  void nothing_is_left_that_was_created_while_its_flow_was_deleted() {
    UUID flow = flow("etl");
    UUID other = run(flow("other"));
    run(flow);
    justBefore(
        new DeleteFlow(flow),
        () -> {
          run(flow);
          deploy(flow, "nightly");
        });
    asRequest(() -> flows.delete(flow));
    assertThat(count("flow")).isEqualTo(1);
    assertThat(count("deployment")).isZero();
    assertThat(JdbcClient.create(pool).sql("SELECT id FROM flow_run").query(UUID.class).list())
        .containsExactly(other);
  }

  @Test
  void a_flow_that_is_gone_is_not_deleted_twice() {
    UUID flow = flow("etl");
    asRequest(() -> flows.delete(flow));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> asRequest(() -> flows.delete(flow)))
        .withMessage("Flow not found");
  }

  private void justBefore(Object command, Runnable meddling) {
    before =
        sent -> {
          if (sent.equals(command)) {
            meddling.run();
          }
        };
  }

  private static void asRequest(Runnable work) {
    ScopedValue.where(RequestContext.CURRENT, REQUEST).run(work);
  }

  private UUID flow(String name) {
    Created created = others.sendAndWait(new CreateFlow(name, List.of(), object()));
    return created.id();
  }

  private UUID deploy(UUID flow, String name) {
    ObjectNode body = object().put("name", name).put("flow_id", flow.toString());
    DeploymentBody.Whole whole = RequestReader.read(DeploymentBody.Whole.class, body);
    Created created = others.sendAndWait(new DeployFlow(flow, name, whole.changes(), List.of()));
    return created.id();
  }

  private UUID run(UUID flow) {
    Created created =
        others.sendAndWait(
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
                null,
                null,
                object(),
                null,
                null,
                Client.UNKNOWN));
    return created.id();
  }

  private static long count(String table) {
    return JdbcClient.create(pool).sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
