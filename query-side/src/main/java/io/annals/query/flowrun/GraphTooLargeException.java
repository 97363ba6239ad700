package io.annals.query.flowrun;

import java.util.UUID;

/** A flow run has more nodes than a graph may show. */
public final class GraphTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** In Prefect's words. */
  public GraphTooLargeException(UUID flowRunId, int maxNodes) {
    super("The graph of flow run %s has more than %d nodes.".formatted(flowRunId, maxNodes));
  }
}
