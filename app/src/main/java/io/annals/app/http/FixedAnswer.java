package io.annals.app.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;

/** An answer given before, or instead of, a route: a status and a small JSON body. */
final class FixedAnswer {
  private final int status;
  private final byte[] body;

  private FixedAnswer(int status, String key, String text) {
    this.status = status;
    this.body =
        JsonNodeFactory.instance
            .objectNode()
            .put(key, text)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
  }

  /** {@code {"detail": text}}. */
  static FixedAnswer detail(int status, String text) {
    return new FixedAnswer(status, "detail", text);
  }

  /** {@code {"exception_message": text}}. */
  static FixedAnswer exceptionMessage(int status, String text) {
    return new FixedAnswer(status, "exception_message", text);
  }

  /** Writes the answer; headers set before stay. */
  void send(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
