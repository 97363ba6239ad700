package io.annals.app.http;

import io.annals.query.configuration.ServerConfiguration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Prefect's admin routes. */
@RestController
@RequestMapping("/admin")
class AdminRoutes {
  /** The Prefect release whose server this one stands in for; clients compare it with theirs. */
  private static final JsonNode PREFECT_VERSION = StringNode.valueOf("3.8.8");

  private final Supplier<JsonNode> effectiveTree;
  private final ServerConfiguration configuration;

  AdminRoutes(Supplier<JsonNode> effectiveTree, ServerConfiguration configuration) {
    this.effectiveTree = effectiveTree;
    this.configuration = configuration;
  }

  @GetMapping("/settings")
  JsonNode settings() {
    return effectiveTree.get();
  }

  @GetMapping("/version")
  JsonNode version() {
    return PREFECT_VERSION;
  }

  @GetMapping("/storage")
  Storage storage() {
    return new Storage(configuration.defaultResultStorage().orElse(null));
  }

  /** Until there are block documents, every id is unknown. */
  @PutMapping("/storage")
  ResponseEntity<Detail> setStorage(@Body SetStorage body) {
    return new ResponseEntity<>(
        new Detail("Block document %s not found.".formatted(body.defaultResultStorageBlockId())),
        HttpStatus.NOT_FOUND);
  }

  @DeleteMapping("/storage")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void clearStorage() {
    configuration.clearDefaultResultStorage();
  }

  record Storage(@Nullable UUID defaultResultStorageBlockId) {}

  record SetStorage(UUID defaultResultStorageBlockId) {}
}
