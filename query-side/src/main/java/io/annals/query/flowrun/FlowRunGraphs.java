package io.annals.query.flowrun;

import io.annals.events.log.EventCodec;
import io.annals.events.state.StateType;
import io.annals.query.event.EventIds;
import io.annals.query.flowrun.FlowRunGraph.Edge;
import io.annals.query.flowrun.FlowRunGraph.GraphArtifact;
import io.annals.query.flowrun.FlowRunGraph.GraphState;
import io.annals.query.flowrun.FlowRunGraph.Node;
import io.annals.query.sql.Database;
import io.annals.query.sql.Reading;
import io.annals.query.sql.Where;
import io.annals.query.state.StateQueries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Builds graphs of flow runs: rows from the tables, edges from what each task took as input. */
public final class FlowRunGraphs {
  /** Prefect's word for the tasks around a task, among its inputs. */
  private static final String AROUND = "__parents__";

  private static final String RUN = "SELECT shown_start_time, end_time FROM flow_run WHERE %s";

  private static final String NODES =
      """
      SELECT subflow.id, task_run.id, flow.name, subflow.name, task_run.name,
          coalesce(subflow.state_type, task_run.state_type),
          coalesce(subflow.shown_start_time, task_run.start_time, task_run.expected_start_time)
              AS start_time,
          coalesce(subflow.end_time, task_run.end_time, CASE WHEN task_run.state_type = 'COMPLETED'
              THEN task_run.expected_start_time END) AS end_time,
          task_run.task_inputs
      FROM task_run
      LEFT JOIN flow_run subflow ON subflow.parent_task_run_id = task_run.id
      LEFT JOIN flow ON flow.id = subflow.flow_id
      WHERE %s AND coalesce(subflow.shown_start_time, task_run.start_time,
          task_run.expected_start_time) IS NOT NULL""";

  private static final String ARTIFACTS =
      """
      SELECT id, created, key, type, data, task_run_id,
          key IS NULL OR EXISTS (SELECT 1 FROM artifact_collection collection
              WHERE collection.key = artifact.key AND collection.latest_id = artifact.id)
      FROM artifact WHERE %s AND type <> 'result'""";

  private static final Comparator<Row> BY_TIME =
      Comparator.comparing(Row::start)
          .thenComparing(Row::end, Comparator.nullsLast(Comparator.naturalOrder()));

  private final Database database;
  private final StateQueries states;

  /** Reads from one database. */
  public FlowRunGraphs(Database database, StateQueries states) {
    this.database = database;
    this.states = states;
  }

  private record Row(
      boolean isSubflow,
      UUID id,
      String label,
      @Nullable StateType stateType,
      Instant start,
      @Nullable Instant end,
      JsonNode inputs,
      List<UUID> parents,
      List<UUID> children,
      List<UUID> encapsulating) {}

  private record Times(@Nullable Instant start, @Nullable Instant end) {}

  private record Placed(@Nullable UUID taskRunId, GraphArtifact artifact) {}

  /**
   * The graph of a run; empty when there is no such run.
   *
   * @param since nodes that ended before are left out
   * @throws GraphTooLargeException when there are more nodes than allowed
   */
  public Optional<FlowRunGraph> of(
      UUID flowRunId, @Nullable Instant since, int maxNodes, int maxArtifacts) {
    return database
        .lookup(
            RUN,
            Where.all().and("id = ?", flowRunId),
            (row, index) -> new Times(Reading.instant(row, 1), Reading.instant(row, 2)))
        .map(times -> build(flowRunId, times, since, maxNodes, maxArtifacts));
  }

  private FlowRunGraph build(
      UUID flowRunId, Times times, @Nullable Instant since, int maxNodes, int maxArtifacts) {
    List<Row> rows = connected(rows(flowRunId, maxNodes));
    Map<Optional<UUID>, List<GraphArtifact>> artifacts = artifacts(flowRunId, maxArtifacts);
    List<UUID> roots = new ArrayList<>();
    List<List<Object>> nodes = new ArrayList<>();
    for (Row row : rows) {
      if (since != null && row.end() != null && row.end().isBefore(since)) {
        continue;
      }
      if (row.parents().isEmpty()) {
        roots.add(row.id());
      }
      nodes.add(
          List.of(row.id(), node(row, artifacts.getOrDefault(Optional.of(row.id()), List.of()))));
    }
    return new FlowRunGraph(
        times.start(),
        times.end(),
        roots,
        nodes,
        artifacts.getOrDefault(Optional.<UUID>empty(), List.of()),
        states.ofRun(flowRunId).stream()
            .map(state -> new GraphState(state.id(), state.timestamp(), state.type(), state.name()))
            .toList());
  }

  private List<Row> rows(UUID flowRunId, int maxNodes) {
    List<Row> rows =
        database.page(
            NODES,
            Where.all().and("task_run.flow_run_id = ?", flowRunId),
            "start_time, end_time",
            maxNodes + 1,
            0,
            (row, index) -> row(row));
    if (rows.size() > maxNodes) {
      throw new GraphTooLargeException(flowRunId, maxNodes);
    }
    return rows;
  }

  private static Row row(ResultSet row) throws SQLException {
    UUID subflow = Reading.id(row, 1);
    String type = row.getString(6);
    return new Row(
        subflow != null,
        subflow != null ? subflow : row.getObject(2, UUID.class),
        subflow != null ? row.getString(3) + " / " + row.getString(4) : row.getString(5),
        type == null ? null : StateType.valueOf(type),
        Reading.moment(row, 7),
        Reading.instant(row, 8),
        EventCodec.JSON.readTree(row.getString(9)),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** Draws the edges; an input from outside this run has no node and no edge. */
  private static List<Row> connected(List<Row> rows) {
    List<Row> sorted = rows.stream().sorted(BY_TIME).toList();
    Map<UUID, Row> byId = new LinkedHashMap<>();
    sorted.forEach(row -> byId.put(row.id(), row));
    for (Row child : sorted) {
      for (Map.Entry<String, JsonNode> input : child.inputs().properties()) {
        for (JsonNode argument : input.getValue()) {
          Row parent = node(byId, argument.path("id").asString(""));
          if (parent != null) {
            connect(parent, child, input.getKey().equals(AROUND));
          }
        }
      }
    }
    return sorted;
  }

  private static @Nullable Row node(Map<UUID, Row> byId, String id) {
    UUID known = EventIds.read(id);
    return known == null ? null : byId.get(known);
  }

  private static void connect(Row parent, Row child, boolean around) {
    if (!around) {
      child.parents().add(parent.id());
      parent.children().add(child.id());
    } else if (!child.encapsulating().contains(parent.id())) {
      child.encapsulating().add(parent.id());
    }
  }

  private static Node node(Row row, List<GraphArtifact> artifacts) {
    return new Node(
        row.isSubflow() ? "flow-run" : "task-run",
        row.id(),
        row.label(),
        row.stateType(),
        row.start(),
        row.end(),
        edges(row.parents()),
        edges(row.children()),
        edges(row.encapsulating()),
        artifacts);
  }

  private static List<Edge> edges(List<UUID> ids) {
    return ids.stream().map(Edge::new).toList();
  }

  private Map<Optional<UUID>, List<GraphArtifact>> artifacts(UUID flowRunId, int maxArtifacts) {
    Map<Optional<UUID>, List<GraphArtifact>> byTask = new HashMap<>();
    List<Placed> placed =
        database.page(
            ARTIFACTS,
            Where.all().and("flow_run_id = ?", flowRunId),
            "created",
            maxArtifacts,
            0,
            (row, index) -> artifact(row));
    for (Placed each : placed) {
      byTask
          .computeIfAbsent(Optional.ofNullable(each.taskRunId()), task -> new ArrayList<>())
          .add(each.artifact());
    }
    return byTask;
  }

  private static Placed artifact(ResultSet row) throws SQLException {
    String type = row.getString(4);
    return new Placed(
        Reading.id(row, 6),
        new GraphArtifact(
            row.getObject(1, UUID.class),
            Reading.moment(row, 2),
            row.getString(3),
            type,
            row.getBoolean(7),
            "progress".equals(type) ? Reading.json(row, 5) : null));
  }
}
