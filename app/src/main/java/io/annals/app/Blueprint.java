package io.annals.app;

import java.util.Map;
import org.springframework.boot.WebApplicationType;

/**
 * Draws the server's parts while it is built: Spring writes code that makes them, so that a start
 * neither looks for them nor reads their annotations.
 */
final class Blueprint {
  private Blueprint() {}

  /** Run by the build alone; Spring stops it before anything starts. */
  static void main(String[] args) {
    Server.application(WebApplicationType.SERVLET, Map.of()).run(args);
  }
}
