package io.annals.app.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/** The last to be asked for a path outside the API, and for websockets that nobody offers. */
final class UnknownPaths extends AbstractHandlerMapping {
  private static final FixedAnswer NO_WEBSOCKET =
      FixedAnswer.detail(HttpServletResponse.SC_FORBIDDEN, "Forbidden");

  private static final HttpRequestHandler NOT_FOUND =
      (_, response) -> UnroutedAnswers.sendNotFound(response);
  private static final HttpRequestHandler FORBIDDEN = (_, response) -> NO_WEBSOCKET.send(response);

  UnknownPaths() {
    setOrder(Ordered.LOWEST_PRECEDENCE);
  }

  @Override
  protected HttpRequestHandler getHandlerInternal(HttpServletRequest request) {
    return RequestTarget.of(request).upgrade() ? FORBIDDEN : NOT_FOUND;
  }
}
