package io.annals.app.stream;

import io.annals.events.log.Origin;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The paths of the websockets. */
@RestController
public final class StreamRoutes {
  private final WebSocketUpgrade upgrade;
  private final EventsIn eventsIn;
  private final EventsOut eventsOut;
  private final LogsOut logsOut;

  /** Leads clients to the streams. */
  public StreamRoutes(
      WebSocketUpgrade upgrade, EventsIn eventsIn, EventsOut eventsOut, LogsOut logsOut) {
    this.upgrade = upgrade;
    this.eventsIn = eventsIn;
    this.eventsOut = eventsOut;
    this.logsOut = logsOut;
  }

  /** Events from clients. */
  @WebSocketRoute
  @GetMapping("/events/in")
  public void in(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Origin origin = new Origin(null, request.getHeader("User-Agent"), null, "events/in");
    upgrade.accept(
        request, response, false, eventsIn.maxMessageBytes(), socket -> eventsIn.listen(origin));
  }

  /** Events to subscribers. */
  @WebSocketRoute
  @GetMapping("/events/out")
  public void out(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    upgrade.accept(request, response, false, EventsOut.MAX_MESSAGE_BYTES, eventsOut::serve);
  }

  /** Log lines to subscribers. */
  @WebSocketRoute
  @GetMapping("/logs/out")
  public void logs(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    upgrade.accept(request, response, false, LogsOut.MAX_MESSAGE_BYTES, logsOut::serve);
  }
}
