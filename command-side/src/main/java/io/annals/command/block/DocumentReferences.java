package io.annals.command.block;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.decision.RefusedException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data of a document, apart from the other documents it refers to.
 *
 * @param data the values of its own
 * @param byKey the documents that stand for the other values
 */
record DocumentReferences(ObjectNode data, Map<String, UUID> byKey) {
  /** Documents inside documents that are still read; Prefect refuses deeper ones. */
  static final int MAX_DEPTH = 50;

  private static final String REFERENCE = "$ref";
  private static final String DOCUMENT = "block_document_id";

  /** Takes apart what a client has sent: references are values of top-level keys. */
  static DocumentReferences of(ObjectNode sent) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    Map<String, UUID> references = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : sent.properties()) {
      if (entry.getValue().isObject() && entry.getValue().has(REFERENCE)) {
        references.put(entry.getKey(), documentId(entry.getKey(), entry.getValue().get(REFERENCE)));
      } else {
        data.set(entry.getKey(), entry.getValue());
      }
    }
    return new DocumentReferences(data, references);
  }

  private static UUID documentId(String key, JsonNode reference) {
    JsonNode id = reference.path(DOCUMENT);
    if (id.isMissingNode() || id.isNull()) {
      throw refused("Received block reference without a block_document_id in key " + key);
    }
    try {
      return UUID.fromString(id.asString(""));
    } catch (IllegalArgumentException malformed) {
      throw refused("Received block reference with a malformed block_document_id in key " + key);
    }
  }

  /**
   * Requires that all these documents exist, that none leads back to the one that refers to them,
   * and that documents do not lie too deep in each other.
   *
   * @param existing the documents referred to and all that they lead to
   * @param above references on the longest way from another document to the one that refers
   */
  void require(UUID document, Map<UUID, Set<UUID>> existing, int above) {
    Map<UUID, Integer> depths = new HashMap<>();
    for (UUID reference : byKey.values()) {
      if (reference.equals(document) || leadsTo(document, reference, existing)) {
        throw refused(
            ("Cannot create block document reference: it would introduce a cycle into the"
                    + " block_document_reference graph (parent=%s, reference=%s).")
                .formatted(document, reference));
      }
      if (!existing.containsKey(reference)) {
        throw Refusal.INTEGRITY.asException();
      }
      if (above + 1 + depth(reference, existing, depths, MAX_DEPTH) > MAX_DEPTH) {
        throw refused(
            "Block document reference graph exceeds max depth %d; refusing to recurse further."
                .formatted(MAX_DEPTH));
      }
    }
  }

  private static boolean leadsTo(UUID document, UUID reference, Map<UUID, Set<UUID>> existing) {
    Set<UUID> seen = new HashSet<>();
    ArrayDeque<UUID> open = new ArrayDeque<>();
    open.push(reference);
    while (!open.isEmpty()) {
      for (UUID next : existing.getOrDefault(open.pop(), Set.of())) {
        if (next.equals(document)) {
          return true;
        }
        if (seen.add(next)) {
          open.push(next);
        }
      }
    }
    return false;
  }

  /** References on the longest way down, at most one more than is of interest. */
  private static int depth(
      UUID from, Map<UUID, Set<UUID>> existing, Map<UUID, Integer> known, int most) {
    Integer before = known.get(from);
    if (before != null) {
      return before;
    }
    int deepest = 0;
    if (most >= 0) {
      for (UUID next : existing.getOrDefault(from, Set.of())) {
        deepest = Math.max(deepest, 1 + depth(next, existing, known, most - 1));
      }
      known.put(from, deepest);
    }
    return deepest;
  }

  private static RefusedException refused(String why) {
    return new Refusal(Kind.BAD_REQUEST, why).asException();
  }
}
