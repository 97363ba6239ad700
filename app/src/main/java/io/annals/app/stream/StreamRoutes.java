package io.annals.app.stream;

import io.annals.events.log.Origin;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The paths of the event websockets. */
@RestController
public final class StreamRoutes {
  private final WebSocketUpgrade upgrade;
  private final EventsIn eventsIn;
  private final EventsOut eventsOut;

  /** Leads clients to the two streams. */
  public StreamRoutes(WebSocketUpgrade upgrade, EventsIn eventsIn, EventsOut eventsOut) {
    this.upgrade = upgrade;
    this.eventsIn = eventsIn;
    this.eventsOut = eventsOut;
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
}
