package io.annals.app.http;

/**
 * The bounds of flow run graphs (PREFECT_SERVER_FLOW_RUN_GRAPH_MAX_NODES and …_MAX_ARTIFACTS).
 *
 * @param maxNodes larger graphs are refused
 * @param maxArtifacts further artifacts are left out
 */
public record GraphLimits(int maxNodes, int maxArtifacts) {
  /** Prefect's own. */
  public static final GraphLimits DEFAULT = new GraphLimits(10_000, 10_000);
}
