package io.annals.app.stream;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.log.TestPostgres;
import io.annals.command.log.GroupCommitter;
import io.annals.command.log.LogEventStorageEngine;
import io.annals.command.log.LogLimits;
import io.annals.command.log.TimeOrderedIds;
import io.annals.events.Vocabulary;
import io.annals.events.log.EventCodec;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent;
import io.annals.events.taskrun.TaskRunEvent.TaskRunCreated;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import io.annals.events.taskrun.TaskRunPolicy;
import io.annals.query.log.LogReader;
import io.annals.query.log.LogTail;
import io.annals.query.sql.Database;
import io.annals.query.taskrun.TaskRunProjection;
import io.annals.query.taskrun.TaskRunQueries;
import io.annals.query.taskworker.TaskRunDeliveries;
import io.annals.query.taskworker.TaskWorkers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import tools.jackson.databind.node.JsonNodeFactory;

/** One node that task workers connect to: the websocket on a real Tomcat over a real log. */
final class TaskServer implements AutoCloseable {
  private static final EventCodec CODEC = new EventCodec(Vocabulary.FEATURES, List.of());
  private static final TimeOrderedIds IDS = new TimeOrderedIds();

  final HikariDataSource reader;
  final TaskWorkers workers;
  final TaskRunDeliveries deliveries;
  private final HikariDataSource writer;
  private final GroupCommitter committer;
  private final LogEventStorageEngine engine;
  private final LogTail tail;
  private final OpenSockets sockets;
  private final ScheduledTaskRuns runs;
  private final Tomcat tomcat = new Tomcat();
  private final Map<UUID, Long> versions = new HashMap<>();

  /** A node over a migrated database, perhaps one of several. */
  TaskServer(String url) throws Exception {
    this(url, reader -> reader);
  }

  /** The same, with something between it and the connections that it reads task runs with. */
  TaskServer(String url, UnaryOperator<DataSource> between) throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    writer = TestPostgres.writer(url);
    reader = TestPostgres.reader(url);
    TaskRunProjection projection = new TaskRunProjection();
    committer =
        new GroupCommitter(
            writer, CODEC, projection::project, InstantSource.system(), LogLimits.DEFAULT, meters);
    engine = new LogEventStorageEngine(committer, reader, CODEC);
    tail = new LogTail(reader, new LogReader(CODEC));
    committer.listen(tail::committed);
    sockets = new OpenSockets(StreamSettings.DEFAULT, meters);
    workers = new TaskWorkers(reader);
    deliveries = new TaskRunDeliveries(reader, Duration.ofSeconds(60));
    TaskRunQueries queries =
        new TaskRunQueries(new Database(reader, between.apply(reader)), InstantSource.system());
    runs = new ScheduledTaskRuns(tail, deliveries, workers, queries, meters);
    start(new TaskSubscriptionRoutes(new WebSocketUpgrade(StreamSettings.DEFAULT, sockets), runs));
  }

  private void start(TaskSubscriptionRoutes routes) throws Exception {
    tomcat.setBaseDir(Files.createTempDirectory(Path.of("target"), "tomcat").toString());
    tomcat.setPort(0);
    tomcat.setHostname("127.0.0.1");
    ((AbstractProtocol<?>) tomcat.getConnector().getProtocolHandler())
        .setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(
            context,
            "scheduled",
            new HttpServlet() {
              @Override
              protected void doGet(HttpServletRequest request, HttpServletResponse response)
                  throws ServletException, IOException {
                routes.scheduled(request, response);
              }
            })
        .addMapping("/*");
    tomcat.start();
  }

  /** A client that has shown who it is. */
  TestClient connected() throws InterruptedException {
    return TestClient.authenticated(
        "ws://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/scheduled");
  }

  /** A client that has subscribed. */
  TestClient subscribed(String client, String... keys) throws InterruptedException {
    TestClient worker = connected();
    worker.send(
        "{\"type\":\"subscribe\",\"keys\":[\"%s\"],\"client_id\":\"%s\"}"
            .formatted(String.join("\",\"", keys), client));
    return worker;
  }

  /** Creates a background run that waits for a worker. */
  UUID schedule(String taskKey) {
    UUID id = UUID.randomUUID();
    append(
        id,
        new TaskRunCreated(
            id,
            null,
            "run",
            taskKey,
            id.toString(),
            null,
            null,
            null,
            TaskRunPolicy.DEFAULT,
            List.of(),
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.objectNode()));
    move(id, StateType.SCHEDULED, "Scheduled", true);
    return id;
  }

  /** Moves a run to a state. */
  void move(UUID id, StateType type, String name, boolean deferred) {
    State state = new State(IDS.get(), type, name, now(), null, null, details(deferred));
    append(
        id,
        new TaskRunStateSet(id, state, type, ProposalStatus.ACCEPT, null, null, RunTimes.NONE, 0));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  private static StateDetails details(boolean deferred) {
    return EventCodec.JSON.readValue("{\"deferred\":" + deferred + "}", StateDetails.class);
  }

  private void append(UUID id, TaskRunEvent event) {
    long version = versions.merge(id, 1L, Long::sum) - 1;
    engine.appendEvents(
        List.of(new GenericDomainEventMessage<>("test", "taskrun-" + id, version, event)));
  }

  @Override
  public void close() throws org.apache.catalina.LifecycleException {
    sockets.close();
    tomcat.stop();
    tomcat.destroy();
    runs.close();
    tail.close();
    committer.close();
    writer.close();
    reader.close();
  }
}
