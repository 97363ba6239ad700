package io.annals.app.http;

import io.annals.command.deployment.DeploymentCommand.DeleteDeployment;
import io.annals.command.flow.FlowCommand.DeleteFlow;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.query.deployment.DeploymentQueries;
import io.annals.query.flowrun.FlowRunQueries;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.stereotype.Component;

/**
 * A flow takes its deployments and runs along: each is deleted by a command of its own, so history
 * tells of it.
 */
@Component
class FlowDeletion {
  /** Runs deleted side by side; they share commits. */
  static final int CHUNK_RUNS = 200;

  private final Commands commands;
  private final DeploymentQueries deployments;
  private final FlowRunQueries flowRuns;

  FlowDeletion(Commands commands, DeploymentQueries deployments, FlowRunQueries flowRuns) {
    this.commands = commands;
    this.deployments = deployments;
    this.flowRuns = flowRuns;
  }

  /** False when there is no such flow, or somebody else was faster. */
  boolean delete(UUID flowId) {
    deleteWhatBelongsTo(flowId);
    boolean deleted = commands.tellIfThere(new DeleteFlow(flowId));
    deleteWhatBelongsTo(flowId); // what was created meanwhile had still found the flow
    return deleted;
  }

  private void deleteWhatBelongsTo(UUID flowId) {
    deleteDeployments(flowId); // first: nothing plans new runs then
    deleteRuns(flowId);
  }

  private void deleteDeployments(UUID flowId) {
    List<UUID> chunk = deployments.idsOfFlow(flowId, CHUNK_RUNS);
    while (!chunk.isEmpty()) {
      chunk.forEach(id -> commands.tellIfThere(new DeleteDeployment(id, false)));
      chunk = deployments.idsOfFlow(flowId, CHUNK_RUNS);
    }
  }

  private void deleteRuns(UUID flowId) {
    List<UUID> chunk = flowRuns.idsOfFlow(flowId, CHUNK_RUNS);
    while (!chunk.isEmpty()) {
      delete(chunk);
      chunk = flowRuns.idsOfFlow(flowId, CHUNK_RUNS);
    }
  }

  private void delete(List<UUID> flowRunIds) {
    RequestContext context = RequestContext.current();
    List<Callable<Boolean>> deletions =
        flowRunIds.stream()
            .<Callable<Boolean>>map(
                id -> () -> commands.tellIfThere(new DeleteFlowRun(id), context))
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> deletion : threads.invokeAll(deletions)) {
        deletion.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while deleting a flow's runs", interrupted);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failure.getCause());
    }
  }
}
