package io.annals.app.http;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.decision.RefusedException;
import io.annals.query.flowrun.FlowRunFilter;
import io.annals.query.flowrun.FlowRunGraph;
import io.annals.query.flowrun.FlowRunGraphs;
import io.annals.query.flowrun.FlowRunQueries;
import io.annals.query.flowrun.GraphTooLargeException;
import io.annals.query.request.RequestReader;
import io.annals.query.request.WireJson;
import io.annals.query.sql.RawJson;
import io.annals.query.state.StateView;
import io.annals.query.taskrun.TaskRunFilter;
import io.annals.query.taskrun.TaskRunQueries;
import io.annals.query.taskrun.TaskRunSelection;
import io.annals.query.taskrun.TaskRunSort;
import io.annals.query.taskrun.TaskRunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The routes that draw a flow run. */
@RestController
class FlowRunGraphRoutes {
  private final FlowRunGraphs graphs;
  private final FlowRunQueries flowRuns;
  private final TaskRunQueries taskRuns;
  private final GraphLimits limits;

  FlowRunGraphRoutes(
      FlowRunGraphs graphs, FlowRunQueries flowRuns, TaskRunQueries taskRuns, GraphLimits limits) {
    this.graphs = graphs;
    this.flowRuns = flowRuns;
    this.taskRuns = taskRuns;
    this.limits = limits;
  }

  /** One task run and what it depends on. */
  record Dependency(
      UUID id,
      String name,
      List<JsonNode> upstreamDependencies,
      @Nullable StateView state,
      @Nullable Instant expectedStartTime,
      @Nullable Instant startTime,
      @Nullable Instant endTime,
      double totalRunTime,
      double estimatedRunTime,
      boolean untrackableResult) {
    static Dependency of(TaskRunView run) {
      return new Dependency(
          run.id(),
          run.name(),
          dependencies(run.taskInputs()),
          run.state(),
          run.expectedStartTime(),
          run.startTime(),
          run.endTime(),
          run.totalRunTime(),
          run.estimatedRunTime(),
          run.state() != null && run.state().stateDetails().untrackableResult());
    }

    private static List<JsonNode> dependencies(RawJson inputs) {
      Set<JsonNode> distinct = new LinkedHashSet<>();
      WireJson.MAPPER
          .readTree(inputs.text())
          .forEach(arguments -> arguments.forEach(distinct::add));
      return new ArrayList<>(distinct);
    }
  }

  @GetMapping("/flow_runs/{id}/graph")
  List<Dependency> graph(@PathVariable UUID id) {
    if (flowRuns.byId(id).isEmpty()) {
      throw missing("Flow run with id " + id + " not found");
    }
    ObjectNode ofRun = JsonNodeFactory.instance.objectNode();
    ofRun.putObject("id").putArray("any_").add(id.toString());
    FlowRunFilter run = RequestReader.read(FlowRunFilter.class, ofRun);
    TaskRunSelection selection = RunFilters.taskRuns(null, run, (TaskRunFilter) null, null);
    List<TaskRunView> all = taskRuns.page(selection, TaskRunSort.ID_DESC, limits.maxNodes() + 1, 0);
    if (all.size() > limits.maxNodes()) {
      throw new GraphTooLargeException(id, limits.maxNodes());
    }
    return all.stream().map(Dependency::of).toList();
  }

  @GetMapping("/flow_runs/{id}/graph-v2")
  FlowRunGraph graph(
      @PathVariable UUID id, @RequestParam(required = false) @Nullable Instant since) {
    return graphs
        .of(id, since, limits.maxNodes(), limits.maxArtifacts())
        .orElseThrow(() -> missing("Flow run " + id + " not found"));
  }

  private static RefusedException missing(String text) {
    return new Refusal(Kind.OBJECT_NOT_FOUND, text).asException();
  }
}
