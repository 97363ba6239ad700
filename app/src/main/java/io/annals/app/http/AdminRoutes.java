package io.annals.app.http;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.query.block.BlockDocumentQueries;
import io.annals.query.block.BlockDocumentView;
import io.annals.query.configuration.ServerConfiguration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

  /** What a block must be capable of to store results. */
  private static final String WRITES_RESULTS = "write-path";

  private final Supplier<JsonNode> effectiveTree;
  private final ServerConfiguration configuration;
  private final BlockDocumentQueries documents;

  AdminRoutes(
      Supplier<JsonNode> effectiveTree,
      ServerConfiguration configuration,
      BlockDocumentQueries documents) {
    this.effectiveTree = effectiveTree;
    this.configuration = configuration;
    this.documents = documents;
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

  @PutMapping("/storage")
  Storage setStorage(@Body SetStorage body) {
    UUID id = body.defaultResultStorageBlockId();
    BlockDocumentView document =
        documents
            .byId(id, false)
            .orElseThrow(
                () ->
                    new Refusal(Kind.NOT_FOUND, "Block document %s not found.".formatted(id))
                        .asException());
    if (document.blockSchema() == null
        || !document.blockSchema().capabilities().contains(WRITES_RESULTS)) {
      throw new Refusal(
              Kind.UNPROCESSABLE,
              "Block document %s cannot be used for result storage.".formatted(id))
          .asException();
    }
    configuration.setDefaultResultStorage(id);
    return storage();
  }

  @DeleteMapping("/storage")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void clearStorage() {
    configuration.clearDefaultResultStorage();
  }

  record Storage(@Nullable UUID defaultResultStorageBlockId) {}

  record SetStorage(UUID defaultResultStorageBlockId) {}
}
