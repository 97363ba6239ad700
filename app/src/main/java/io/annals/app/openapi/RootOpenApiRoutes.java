package io.annals.app.openapi;

import io.annals.app.http.OutsideApi;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The same documents at the root, where Prefect's server shows them to everybody. */
@RestController
@Import(Documents.class)
@OutsideApi
class RootOpenApiRoutes {
  private final Documents documents;

  RootOpenApiRoutes(Documents documents) {
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
