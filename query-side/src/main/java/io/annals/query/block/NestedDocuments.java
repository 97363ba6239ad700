package io.annals.query.block;

import io.annals.query.request.WireJson;
import io.annals.query.secret.SealedData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Documents as they are stored: opens them, and puts those they refer to into them. */
final class NestedDocuments {
  /** Documents inside documents; deeper ones are refused when they are written. */
  private static final int MAX_DEPTH = 50;

  private final Map<UUID, StoredDocument> stored;
  private final Map<UUID, List<Reference>> references = new HashMap<>();
  private final SealedData sealed;
  private final boolean includesSecrets;

  /** A value of a document that is another document. */
  record Reference(UUID parent, String name, UUID document) {}

  /** The data of a document and the documents that went into it. */
  record Opened(ObjectNode data, ObjectNode references) {}

  NestedDocuments(
      Map<UUID, StoredDocument> stored,
      List<Reference> references,
      SealedData sealed,
      boolean includesSecrets) {
    this.stored = stored;
    this.sealed = sealed;
    this.includesSecrets = includesSecrets;
    for (Reference reference : references) {
      this.references
          .computeIfAbsent(reference.parent(), parent -> new ArrayList<>())
          .add(reference);
    }
  }

  /** A document with all that it refers to. */
  Opened open(StoredDocument document) {
    return open(document, 0);
  }

  private Opened open(StoredDocument document, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalStateException(
          "Block documents lie more than %d deep in each other, down to %s"
              .formatted(MAX_DEPTH, document.id()));
    }
    ObjectNode data = data(document);
    ObjectNode inside = JsonNodeFactory.instance.objectNode();
    for (Reference reference : references.getOrDefault(document.id(), List.of())) {
      StoredDocument child = stored.get(reference.document());
      if (child != null) {
        Opened opened = open(child, depth + 1);
        data.set(reference.name(), opened.data());
        inside.putObject(reference.name()).set("block_document", told(child, opened));
      }
    }
    return new Opened(data, inside);
  }

  private ObjectNode data(StoredDocument document) {
    ObjectNode data =
        sealed
            .open(document.sealed())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Block document %s (%s) was encrypted with another key"
                            .formatted(document.id(), document.name())));
    return includesSecrets ? data : document.secrets().obfuscated(data);
  }

  private static ObjectNode told(StoredDocument child, Opened opened) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("id", child.id().toString());
    told.put("name", child.name());
    told.set("block_type", WireJson.MAPPER.valueToTree(child.type()));
    told.put("is_anonymous", child.isAnonymous());
    told.set("block_document_references", opened.references());
    return told;
  }
}
