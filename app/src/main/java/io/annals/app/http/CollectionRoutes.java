package io.annals.app.http;

import io.annals.app.blocks.BundledFile;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.query.request.WireJson;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Views of the collection registry. Prefect's server asks the internet and falls back to a file;
 * this one never calls out, so there is what the file has: the templates of work pools. The other
 * views are answered as if the registry did not have them.
 */
@RestController
class CollectionRoutes {
  private static final String WORKER_METADATA = "aggregate-worker-metadata";
  private static final Set<String> OTHER_VIEWS =
      Set.of("aggregate-block-metadata", "aggregate-flow-metadata", "demo-flows");

  @GetMapping("/collections/views/{view}")
  JsonNode view(@PathVariable String view) {
    if (view.equals(WORKER_METADATA)) {
      return WireJson.MAPPER.readTree(BundledFile.WORKER_METADATA.read());
    }
    String text =
        OTHER_VIEWS.contains(view)
            ? "Requested content missing for view " + view
            : "View " + view + " not found in registry";
    throw new Refusal(Kind.NOT_FOUND, text).asException();
  }
}
