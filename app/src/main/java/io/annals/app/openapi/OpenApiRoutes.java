package io.annals.app.openapi;

import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The API's own documents, below its prefix and behind its credentials. */
@RestController
@Import(Documents.class)
class OpenApiRoutes {
  private final Documents documents;

  OpenApiRoutes(Documents documents) {
    this.documents = documents;
  }

  @GetMapping("/openapi.json")
  JsonNode document() {
    return documents.openApi();
  }

  @GetMapping("/docs")
  ResponseEntity<String> page() {
    return ResponseEntity.ok().contentType(MediaType.TEXT_HTML).body(documents.page());
  }
}
