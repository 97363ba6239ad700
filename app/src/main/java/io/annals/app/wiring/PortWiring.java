package io.annals.app.wiring;

import io.annals.app.schema.JsonSchemas;
import io.annals.command.flow.FindFlowByName;
import io.annals.command.flowrun.CopyStateToParentTask;
import io.annals.command.flowrun.DeploymentSlots;
import io.annals.command.flowrun.FindDeployment;
import io.annals.command.flowrun.FindFlow;
import io.annals.command.flowrun.FindFlow.FlowFacts;
import io.annals.command.flowrun.FindParentTask.ParentTask;
import io.annals.command.flowrun.FindWorkQueue;
import io.annals.command.flowrun.FindWorkQueue.WorkQueueFacts;
import io.annals.command.flowrun.FlowRunPorts;
import io.annals.command.flowrun.JudgeJobVariables;
import io.annals.command.flowrun.TakeBackRuns.Which;
import io.annals.command.log.GroupCommitter;
import io.annals.command.parameter.Hydration;
import io.annals.command.taskrun.FindEnclosingFlowRun.EnclosingFlowRun;
import io.annals.command.taskrun.FindTaskRun.KnownTaskRun;
import io.annals.command.taskrun.TagSlots;
import io.annals.command.taskrun.TaskRunPorts;
import io.annals.events.flow.FlowEvent;
import io.annals.events.log.EventCodec;
import io.annals.events.state.RunTimes;
import io.annals.events.taskrun.TaskRunPolicy;
import io.annals.events.workpool.WorkPoolEvent;
import io.annals.query.deployment.PlaceQueries;
import io.annals.query.deployment.PlaceView;
import io.annals.query.flow.FlowQueries;
import io.annals.query.flow.FlowView;
import io.annals.query.flowrun.FlowRunQueries;
import io.annals.query.sql.RawJson;
import io.annals.query.taskrun.TaskRunQueries;
import io.annals.query.taskrun.TaskRunView;
import java.time.Duration;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.node.ObjectNode;

/** Answers the questions that decisions ask of the rest of the server. */
@Configuration(proxyBeanMethods = false)
class PortWiring {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int RUNS_TAKEN_BACK_AT_A_TIME = 500;

  @Bean
  FindFlowByName findFlowByName(FlowQueries flows) {
    return name -> flows.byName(name).map(FlowView::id);
  }

  /** Flows are few and hardly change: what runs take from them is kept for a while. */
  @Bean
  FindFlow findFlow(FlowQueries flows, GroupCommitter committer) {
    return RecentFacts.of(
            committer,
            FlowEvent.class,
            FlowEvent::flowId,
            id -> flows.byId(id).map(PortWiring::facts))
        ::byId;
  }

  /** Queues are few and hardly change: what events say about them is kept for a while. */
  @Bean
  FindWorkQueue findWorkQueue(PlaceQueries places, GroupCommitter committer) {
    return RecentFacts.of(
            committer,
            WorkPoolEvent.OfOneQueue.class,
            WorkPoolEvent.OfOneQueue::workQueueId,
            id -> places.byQueue(id).map(PortWiring::facts))
        ::byId;
  }

  private static WorkQueueFacts facts(PlaceView place) {
    return new WorkQueueFacts(
        place.queueId(), place.queueName(), place.poolId(), place.poolName(), place.poolType());
  }

  private static FlowFacts facts(FlowView flow) {
    return new FlowFacts(flow.id(), flow.name(), flow.tags(), object(flow.labels()));
  }

  private static ObjectNode object(RawJson json) {
    return (ObjectNode) EventCodec.JSON.readTree(json.text());
  }

  @Bean
  JsonSchemas jsonSchemas() {
    return new JsonSchemas();
  }

  @Bean
  FlowRunPorts flowRunPorts(
      FindFlow findFlow,
      FindWorkQueue findWorkQueue,
      FlowRunQueries flowRuns,
      TaskRunQueries taskRuns,
      CopyStateToParentTask copyStateToParentTask,
      JsonSchemas jsonSchemas,
      Hydration hydration,
      FindDeployment findDeployment,
      JudgeJobVariables judgeJobVariables,
      DeploymentSlots deploymentSlots) {
    return new FlowRunPorts(
        findFlow,
        findWorkQueue,
        flowRuns::idByIdempotencyKey,
        id -> taskRuns.byId(id).map(run -> new ParentTask(run.id(), run.name(), run.tags())),
        copyStateToParentTask,
        jsonSchemas,
        hydration,
        findDeployment,
        (deploymentId, which, now, after) ->
            flowRuns.waiting(
                deploymentId,
                Which.TAKEN,
                which != Which.ALL,
                which == Which.PLANNED_AHEAD ? Optional.of(now) : Optional.empty(),
                after,
                RUNS_TAKEN_BACK_AT_A_TIME),
        judgeJobVariables,
        deploymentSlots);
  }

  @Bean
  TaskRunPorts taskRunPorts(FlowRunQueries flowRuns, TaskRunQueries taskRuns, TagSlots tagSlots) {
    return new TaskRunPorts(
        id -> taskRuns.byId(id).map(PortWiring::known),
        id ->
            flowRuns
                .byId(id)
                .map(
                    run ->
                        new EnclosingFlowRun(
                            run.state() == null ? null : run.state().toState(),
                            run.runCount(),
                            object(run.labels()))),
        taskRuns::cachedState,
        taskRuns::idByKey,
        tagSlots);
  }

  private static KnownTaskRun known(TaskRunView run) {
    return new KnownTaskRun(
        run.flowRunId(),
        run.name(),
        run.state() == null ? null : run.state().toState(),
        new RunTimes(
            run.runCount(),
            run.startTime(),
            run.endTime(),
            Duration.ofNanos(Math.round(run.totalRunTime() * NANOS_PER_SECOND)),
            run.expectedStartTime(),
            run.nextScheduledStartTime()),
        run.flowRunRunCount(),
        EventCodec.JSON.readValue(run.empiricalPolicy().text(), TaskRunPolicy.class),
        run.tags());
  }
}
