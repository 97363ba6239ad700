package io.annals.app.stream;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.log.TestPostgres;
import io.annals.command.log.GroupCommitter;
import io.annals.command.log.LogLimits;
import io.annals.command.log.ObservedAppender;
import io.annals.events.flow.FlowEvent;
import io.annals.events.log.EventCodec;
import io.annals.query.event.EventLimits;
import io.annals.query.event.EventQueries;
import io.annals.query.log.LogReader;
import io.annals.query.log.LogTail;
import io.annals.query.sql.DayPartitions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The two event websockets on a real Tomcat over a real log. */
final class StreamServer implements AutoCloseable {
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final HikariDataSource writer;
  final HikariDataSource reader;
  final GroupCommitter committer;
  final EventsOut out;
  private final LogTail tail;
  private final LiveEvents live;
  private final OpenSockets sockets;
  private final Tomcat tomcat = new Tomcat();

  /** Puts something between the websocket and the log. */
  interface Between {
    ObservedAppender before(ObservedAppender log);
  }

  StreamServer(StreamSettings settings, EventLimits limits, Between between) throws Exception {
    String url = TestPostgres.freshDatabase();
    writer = TestPostgres.writer(url);
    reader = TestPostgres.reader(url);
    new DayPartitions(reader, "event_log_observed").createAhead(Instant.now(), 1);
    EventCodec codec = new EventCodec(List.of(FlowEvent.class), List.of());
    committer =
        new GroupCommitter(
            writer,
            codec,
            (connection, events) -> {},
            InstantSource.system(),
            LogLimits.DEFAULT,
            meters);
    tail = new LogTail(reader, new LogReader(codec));
    committer.listen(tail::committed);
    JsonMapper json =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    live = new LiveEvents(tail, json);
    sockets = new OpenSockets(settings, meters);
    out = new EventsOut(live, new EventQueries(reader), settings, InstantSource.system(), meters);
    start(
        new StreamRoutes(
            new WebSocketUpgrade(settings, sockets),
            new EventsIn(between.before(committer), limits, meters),
            out,
            new LogsOut(false, meters)));
  }

  private void start(StreamRoutes routes) throws Exception {
    tomcat.setBaseDir(Files.createTempDirectory(Path.of("target"), "tomcat").toString());
    tomcat.setPort(0);
    tomcat.setHostname("127.0.0.1");
    ((AbstractProtocol<?>) tomcat.getConnector().getProtocolHandler())
        .setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    Context context = tomcat.addContext("/api/events", null);
    Wrapper streams =
        Tomcat.addServlet(
            context,
            "streams",
            new HttpServlet() {
              @Override
              protected void doGet(HttpServletRequest request, HttpServletResponse response)
                  throws ServletException, IOException {
                if (request.getRequestURI().endsWith("/in")) {
                  routes.in(request, response);
                } else {
                  routes.out(request, response);
                }
              }
            });

    streams.addMapping("/*");
    tomcat.start();
  }

  String url(String path) {
    return "ws://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/api/events/" + path;
  }

  @Override
  public void close() throws org.apache.catalina.LifecycleException {
    sockets.close();
    live.close();
    tomcat.stop();
    tomcat.destroy();
    tail.close();
    committer.close();
    writer.close();
    reader.close();
  }
}
