package io.annals.app.http;

import io.annals.query.csrf.CsrfTokens;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Hands out CSRF tokens. */
@RestController
class CsrfTokenRoutes {
  private static final Detail DISABLED = new Detail("CSRF protection is disabled.");

  private final HttpSettings settings;
  private final CsrfTokens tokens;

  CsrfTokenRoutes(HttpSettings settings, CsrfTokens tokens) {
    this.settings = settings;
    this.tokens = tokens;
  }

  @GetMapping("/csrf-token")
  ResponseEntity<Object> issue(@RequestParam(required = false) @Nullable String client) {
    if (client == null) {
      return unprocessable(missingClient());
    }
    if (!settings.csrfEnabled()) {
      return unprocessable(DISABLED);
    }
    return ResponseEntity.ok(tokens.issue(client, settings.csrfTokenExpiration()));
  }

  private static ResponseEntity<Object> unprocessable(Object body) {
    return new ResponseEntity<>(body, HttpStatus.UNPROCESSABLE_CONTENT);
  }

  private static ObjectNode missingClient() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("exception_message", "Invalid request received.");
    ArrayNode details = body.putArray("exception_detail");
    ObjectNode missing = details.addObject();
    missing.put("type", "missing");
    missing.putArray("loc").add("query").add("client");
    missing.put("msg", "Field required");
    missing.putNull("input");
    body.putNull("request_body");
    return body;
  }
}
