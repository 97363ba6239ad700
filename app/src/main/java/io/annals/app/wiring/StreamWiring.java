package io.annals.app.wiring;

import io.annals.app.stream.EventsIn;
import io.annals.app.stream.EventsOut;
import io.annals.app.stream.LiveEvents;
import io.annals.app.stream.LogsOut;
import io.annals.app.stream.OpenSockets;
import io.annals.app.stream.StreamSettings;
import io.annals.app.stream.WebSocketUpgrade;
import io.annals.command.log.ObservedAppender;
import io.annals.query.event.EventLimits;
import io.annals.query.event.EventQueries;
import io.annals.query.log.LogTail;
import io.annals.query.request.WireJson;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The websockets. */
@Configuration(proxyBeanMethods = false)
class StreamWiring {
  @Bean(destroyMethod = "close")
  OpenSockets openSockets(StreamSettings settings, MeterRegistry meters) {
    return new OpenSockets(settings, meters);
  }

  @Bean
  WebSocketUpgrade webSocketUpgrade(StreamSettings settings, OpenSockets sockets) {
    return new WebSocketUpgrade(settings, sockets);
  }

  @Bean
  EventsIn eventsIn(ObservedAppender appender, EventLimits limits, MeterRegistry meters) {
    return new EventsIn(appender, limits, meters);
  }

  @Bean(destroyMethod = "close")
  LiveEvents liveEvents(LogTail tail) {
    return new LiveEvents(tail, WireJson.MAPPER);
  }

  @Bean
  EventsOut eventsOut(
      LiveEvents live,
      EventQueries stored,
      StreamSettings settings,
      InstantSource clock,
      MeterRegistry meters) {
    return new EventsOut(live, stored, settings, clock, meters);
  }

  /** Whether log lines are streamed at all. */
  record LogStream(boolean enabled) {}

  @Bean
  LogsOut logsOut(LogStream stream, MeterRegistry meters) {
    return new LogsOut(stream.enabled(), meters);
  }
}
