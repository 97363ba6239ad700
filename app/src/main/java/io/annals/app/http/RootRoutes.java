package io.annals.app.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Prefect's root routes: is the server there, what does it speak, can it work. */
@RestController
class RootRoutes {
  private static final JsonNode API_VERSION = StringNode.valueOf(ApiVersionCheck.SPOKEN);
  private static final JsonNode GREETING = StringNode.valueOf("👋");

  /** Asks {@code /ready} for more than Prefect's answer, as Kubernetes' own servers are asked. */
  static final String VERBOSE = "verbose";

  private final Readiness readiness;

  RootRoutes(Readiness readiness) {
    this.readiness = readiness;
  }

  @GetMapping("/health")
  boolean health() {
    return true;
  }

  @GetMapping("/version")
  JsonNode version() {
    return API_VERSION;
  }

  @GetMapping("/hello")
  JsonNode hello() {
    return GREETING;
  }

  @GetMapping("/ready")
  ResponseEntity<Readiness.Answer> ready(
      @RequestParam(name = VERBOSE, required = false) @Nullable String verbose) {
    return readiness.answer(verbose != null);
  }
}
