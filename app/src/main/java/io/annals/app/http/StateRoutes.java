package io.annals.app.http;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.query.state.StateQueries;
import io.annals.query.state.StateView;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Every route of Prefect's groups Flow run states and Task run states. */
@RestController
class StateRoutes {
  private final StateQueries ofFlowRuns;
  private final StateQueries ofTaskRuns;

  StateRoutes(
      @Qualifier("flowRunStates") StateQueries ofFlowRuns,
      @Qualifier("taskRunStates") StateQueries ofTaskRuns) {
    this.ofFlowRuns = ofFlowRuns;
    this.ofTaskRuns = ofTaskRuns;
  }

  @GetMapping("/flow_run_states/")
  List<StateView> ofFlowRun(@RequestParam("flow_run_id") UUID flowRunId) {
    return ofFlowRuns.ofRun(flowRunId);
  }

  @GetMapping("/flow_run_states/{id}")
  StateView flowRunState(@PathVariable UUID id) {
    return ofFlowRuns.byId(id).orElseThrow(StateRoutes::notFound);
  }

  @GetMapping("/task_run_states/")
  List<StateView> ofTaskRun(@RequestParam("task_run_id") UUID taskRunId) {
    return ofTaskRuns.ofRun(taskRunId);
  }

  @GetMapping("/task_run_states/{id}")
  StateView taskRunState(@PathVariable UUID id) {
    return ofTaskRuns.byId(id).orElseThrow(StateRoutes::notFound);
  }

  /** Prefect says the same for both kinds. */
  private static RuntimeException notFound() {
    return new Refusal(Kind.NOT_FOUND, "Flow run state not found").asException();
  }
}
