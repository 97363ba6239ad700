package io.annals.app.http;

import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Prefect's root routes: is the server there, what does it speak, can it work. */
@RestController
class RootRoutes {
  private static final JsonNode API_VERSION = StringNode.valueOf(ApiVersionCheck.SPOKEN);
  private static final JsonNode GREETING = StringNode.valueOf("👋");
  private static final Message READY = new Message("OK");

  private final List<ReadinessCheck> checks;

  RootRoutes(List<ReadinessCheck> checks) {
    this.checks = checks;
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
  ResponseEntity<Message> ready() {
    return checks.stream()
        .map(ReadinessCheck::trouble)
        .filter(Objects::nonNull)
        .findFirst()
        .map(trouble -> new ResponseEntity<>(new Message(trouble), HttpStatus.SERVICE_UNAVAILABLE))
        .orElseGet(() -> ResponseEntity.ok(READY));
  }

  record Message(String message) {}
}
