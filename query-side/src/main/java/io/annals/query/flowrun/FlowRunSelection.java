package io.annals.query.flowrun;

import io.annals.query.deployment.DeploymentFilter;
import io.annals.query.flow.FlowFilter;
import io.annals.query.sql.Where;
import io.annals.query.taskrun.TaskRunFilter;
import io.annals.query.workpool.WorkPoolFilter;
import io.annals.query.workpool.WorkQueueFilter;
import org.jspecify.annotations.Nullable;

/** Which flow runs a request speaks of: all filters of its body together. */
public record FlowRunSelection(
    @Nullable FlowFilter flows,
    @Nullable FlowRunFilter flowRuns,
    @Nullable TaskRunFilter taskRuns,
    @Nullable DeploymentFilter deployments,
    @Nullable WorkPoolFilter workPools,
    @Nullable WorkQueueFilter workQueues) {
  private static final String OF_FLOWS =
      "EXISTS (SELECT 1 FROM flow WHERE flow.id = flow_run.flow_id AND %s)";
  private static final String OF_DEPLOYMENTS =
      "EXISTS (SELECT 1 FROM deployment WHERE deployment.id = flow_run.deployment_id AND %s)";
  private static final String WITH_TASK_RUNS =
      "EXISTS (SELECT 1 FROM task_run WHERE task_run.flow_run_id = flow_run.id AND %s)";
  private static final String OF_POOLS =
      """
      flow_run.work_queue_id IN (SELECT work_queue.id FROM work_queue
          JOIN work_pool ON work_pool.id = work_queue.work_pool_id WHERE %s)\
      """;
  private static final String OF_QUEUES =
      "flow_run.work_queue_id IN (SELECT work_queue.id FROM work_queue WHERE %s)";

  /** A selection of flow runs alone. */
  public static FlowRunSelection of(@Nullable FlowRunFilter flowRuns) {
    return new FlowRunSelection(null, flowRuns, null, null, null, null);
  }

  /** These conditions on the columns of table {@code flow_run}. */
  public Where where() {
    Where where = Where.all();
    if (flowRuns != null) {
      where.and(flowRuns.where());
    }
    if (flows != null) {
      where.within(OF_FLOWS, flows.where());
    }
    if (taskRuns != null) {
      where.within(WITH_TASK_RUNS, taskRuns.where());
    }
    if (deployments != null) {
      where.within(OF_DEPLOYMENTS, deployments.where());
    }
    if (workPools != null) {
      where.within(OF_POOLS, workPools.where());
    }
    if (workQueues != null) {
      where.within(OF_QUEUES, workQueues.where());
    }
    return where;
  }
}
