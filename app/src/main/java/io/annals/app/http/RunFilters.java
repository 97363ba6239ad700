package io.annals.app.http;

import io.annals.query.deployment.DeploymentFilter;
import io.annals.query.deployment.DeploymentSelection;
import io.annals.query.flow.FlowFilter;
import io.annals.query.flow.FlowSelection;
import io.annals.query.flowrun.FlowRunFilter;
import io.annals.query.flowrun.FlowRunSelection;
import io.annals.query.sql.Where;
import io.annals.query.taskrun.TaskRunFilter;
import io.annals.query.taskrun.TaskRunSelection;
import io.annals.query.workpool.WorkPoolFilter;
import io.annals.query.workpool.WorkQueueFilter;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the filters of one body, on several resources, select one of them. */
final class RunFilters {
  private static final String HAS_RUNS =
      "EXISTS (SELECT 1 FROM flow_run WHERE flow_run.flow_id = flow.id AND %s)";

  private static final String HAS_DEPLOYMENTS =
      "EXISTS (SELECT 1 FROM deployment WHERE deployment.flow_id = flow.id AND %s)";
  private static final String DEPLOYS =
      "EXISTS (SELECT 1 FROM flow WHERE flow.id = deployment.flow_id AND %s)";
  private static final String DEPLOYED_RUNS =
      "EXISTS (SELECT 1 FROM flow_run WHERE flow_run.deployment_id = deployment.id AND %s)";
  private static final String IN_POOLS =
      """
      deployment.work_queue_id IN (SELECT work_queue.id FROM work_queue
          JOIN work_pool ON work_pool.id = work_queue.work_pool_id WHERE %s)\
      """;
  private static final String IN_QUEUES =
      "deployment.work_queue_id IN (SELECT work_queue.id FROM work_queue WHERE %s)";

  private RunFilters() {}

  static DeploymentSelection deployments(
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Nullable WorkQueueFilter workQueues) {
    Where related = Where.all();
    if (flows != null) {
      related.within(DEPLOYS, flows.where());
    }
    if (flowRuns != null || taskRuns != null) {
      FlowRunSelection runs = new FlowRunSelection(null, flowRuns, taskRuns, null, null, null);
      related.within(DEPLOYED_RUNS, runs.where());
    }
    if (workPools != null) {
      related.within(IN_POOLS, workPools.where());
    }
    if (workQueues != null) {
      related.within(IN_QUEUES, workQueues.where());
    }
    return new DeploymentSelection(deployments, related);
  }

  static FlowSelection flows(
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools) {
    Where related = Where.all();
    if (deployments != null || workPools != null) {
      Where deployment = Where.all();
      if (deployments != null) {
        deployment.and(deployments.where());
      }
      if (workPools != null) {
        deployment.within(IN_POOLS, workPools.where());
      }
      related.within(HAS_DEPLOYMENTS, deployment);
    }
    if (flowRuns != null || taskRuns != null) {
      FlowRunSelection runs = new FlowRunSelection(null, flowRuns, taskRuns, null, null, null);
      related.within(HAS_RUNS, runs.where());
    }
    return new FlowSelection(flows, related);
  }

  static FlowRunSelection flowRuns(
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Nullable WorkQueueFilter workQueues) {
    return new FlowRunSelection(flows, flowRuns, taskRuns, deployments, workPools, workQueues);
  }

  static TaskRunSelection taskRuns(
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments) {
    return taskRuns(flows, flowRuns, taskRuns, deployments, null, null);
  }

  static TaskRunSelection taskRuns(
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Nullable WorkQueueFilter workQueues) {
    boolean ofRuns =
        Stream.of(flows, flowRuns, deployments, workPools, workQueues).anyMatch(Objects::nonNull);
    FlowRunSelection runs =
        new FlowRunSelection(flows, flowRuns, null, deployments, workPools, workQueues);
    return new TaskRunSelection(taskRuns, ofRuns ? runs.where() : null);
  }
}
