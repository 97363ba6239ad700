package io.annals.query.flowrun;

import io.annals.events.state.StateType;
import io.annals.query.sql.RawJson;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tasks and subflows of a flow run and how their results flow.
 *
 * @param nodes pairs of an id and its node, in order of their start
 */
public record FlowRunGraph(
    @Nullable Instant startTime,
    @Nullable Instant endTime,
    List<UUID> rootNodeIds,
    List<List<Object>> nodes,
    List<GraphArtifact> artifacts,
    List<GraphState> states) {
  /** The end of an edge. */
  public record Edge(UUID id) {}

  /** A task run, or the subflow that it stands for. */
  public record Node(
      String kind,
      UUID id,
      String label,
      @Nullable StateType stateType,
      @Nullable Instant startTime,
      @Nullable Instant endTime,
      List<Edge> parents,
      List<Edge> children,
      List<Edge> encapsulating,
      List<GraphArtifact> artifacts) {}

  /** An artifact of a node; only progress shows its data. */
  public record GraphArtifact(
      UUID id,
      Instant created,
      @Nullable String key,
      @Nullable String type,
      boolean isLatest,
      @Nullable RawJson data) {}

  /** A state that the flow run was in. */
  public record GraphState(UUID id, Instant timestamp, StateType type, String name) {}
}
