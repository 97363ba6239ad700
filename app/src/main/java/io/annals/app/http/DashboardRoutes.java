package io.annals.app.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.events.state.StateType;
import io.annals.query.dashboard.DashboardQueries;
import io.annals.query.dashboard.NextFlowRunView;
import io.annals.query.dashboard.OutcomeCount;
import io.annals.query.deployment.DeploymentFilter;
import io.annals.query.deployment.DeploymentQueries;
import io.annals.query.flow.FlowFilter;
import io.annals.query.flowrun.FlowRunFilter;
import io.annals.query.flowrun.FlowRunQueries;
import io.annals.query.flowrun.FlowRunSort;
import io.annals.query.flowrun.FlowRunView;
import io.annals.query.request.AtLeast;
import io.annals.query.request.AtMost;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.sql.MaybeTimeFilter;
import io.annals.query.taskrun.TaskRunFilter;
import io.annals.query.taskrun.TaskRunQueries;
import io.annals.query.taskrun.TaskRunView;
import io.annals.query.workpool.WorkPoolFilter;
import io.annals.query.workpool.WorkQueueFilter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes that only Prefect's web UI asks. */
@RestController
@RequestMapping("/ui")
class DashboardRoutes {
  /** The most points of the chart of flow runs. */
  static final int MAX_POINTS = 1000;

  private final DashboardQueries dashboard;
  private final DeploymentQueries deployments;
  private final FlowRunQueries flowRuns;
  private final TaskRunQueries taskRuns;
  private final InstantSource clock;

  DashboardRoutes(
      DashboardQueries dashboard,
      DeploymentQueries deployments,
      FlowRunQueries flowRuns,
      TaskRunQueries taskRuns,
      InstantSource clock) {
    this.dashboard = dashboard;
    this.deployments = deployments;
    this.flowRuns = flowRuns;
    this.taskRuns = taskRuns;
    this.clock = clock;
  }

  @IgnoresUnknownKeys
  record FlowRunIds(List<UUID> flowRunIds) {}

  @PostMapping("/flow_runs/count-task-runs")
  Map<UUID, Long> countTaskRuns(@Body FlowRunIds body) {
    return dashboard.taskRunCounts(body.flowRunIds());
  }

  @IgnoresUnknownKeys
  record FlowIds(List<UUID> flowIds) {}

  @PostMapping("/flows/count-deployments")
  Map<UUID, Long> countDeployments(@Body FlowIds body) {
    return deployments.countsByFlow(body.flowIds());
  }

  @PostMapping("/flows/next-runs")
  Map<UUID, Optional<NextFlowRunView>> nextRuns(@Body FlowIds body) {
    return dashboard.nextRuns(body.flowIds());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record PointList(
      @Default("\"EXPECTED_START_TIME_DESC\"") FlowRunSort sort,
      @Default("1000") @AtLeast(0) @AtMost(MAX_POINTS) int limit,
      @Default("0") @AtLeast(0) int offset,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools) {}

  /** A flow run as a point of a chart. Durations are seconds. */
  record Point(
      UUID id,
      @Nullable StateType stateType,
      @Nullable Instant timestamp,
      double duration,
      double lateness) {
    private static Point of(FlowRunView run) {
      return new Point(
          run.id(),
          run.stateType(),
          run.startTime() != null ? run.startTime() : run.expectedStartTime(),
          run.estimatedRunTime(),
          run.estimatedStartTimeDelta());
    }
  }

  @PostMapping("/flow_runs/history")
  List<Point> points(@Body PointList body) {
    return flowRuns
        .page(
            RunFilters.flowRuns(
                body.flows(),
                body.flowRuns(),
                body.taskRuns(),
                body.deployments(),
                body.workPools(),
                null),
            body.sort(),
            body.limit(),
            body.offset())
        .stream()
        .map(Point::of)
        .toList();
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record TaskRunsByState(
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments) {}

  @PostMapping("/task_runs/count")
  Map<String, Long> taskRunsByState(@Body TaskRunsByState body) {
    return dashboard.taskRunsByState(
        RunFilters.taskRuns(body.flows(), body.flowRuns(), body.taskRuns(), body.deployments()));
  }

  @IgnoresUnknownKeys
  record Outcomes(
      TaskRunFilter taskRuns,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Nullable WorkQueueFilter workQueues) {}

  @PostMapping("/task_runs/dashboard/counts")
  List<OutcomeCount> outcomes(@Body Outcomes body) {
    MaybeTimeFilter started = body.taskRuns().startTime();
    if (started == null || started.after() == null) {
      throw new Refusal(Kind.UNPROCESSABLE, "task_runs.start_time.after_ is required")
          .asException();
    }
    Instant until = started.before() == null ? clock.instant() : started.before();
    return dashboard.outcomes(
        RunFilters.taskRuns(
            body.flows(),
            body.flowRuns(),
            body.taskRuns().ofAnyState(),
            body.deployments(),
            body.workPools(),
            body.workQueues()),
        started.after().truncatedTo(ChronoUnit.MINUTES),
        until.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES));
  }

  /** A task run with the name of its flow run. */
  record NamedTaskRun(@JsonUnwrapped TaskRunView taskRun, @Nullable String flowRunName) {}

  @GetMapping("/task_runs/{id}")
  NamedTaskRun taskRun(@PathVariable UUID id) {
    TaskRunView run =
        taskRuns
            .byId(id)
            .orElseThrow(() -> new Refusal(Kind.NOT_FOUND, "Task not found").asException());
    UUID flowRunId = run.flowRunId();
    return new NamedTaskRun(
        run,
        flowRunId == null ? null : flowRuns.byId(flowRunId).map(FlowRunView::name).orElse(null));
  }
}
