package io.annals.app.http;

import io.annals.query.deployment.DeploymentFilter;
import io.annals.query.flow.FlowFilter;
import io.annals.query.flowrun.FlowRunFilter;
import io.annals.query.request.AtLeast;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.sql.Page;
import io.annals.query.state.RunHistory;
import io.annals.query.taskrun.TaskRunFilter;
import io.annals.query.taskrun.TaskRunPageView;
import io.annals.query.taskrun.TaskRunQueries;
import io.annals.query.taskrun.TaskRunSelection;
import io.annals.query.taskrun.TaskRunSort;
import io.annals.query.taskrun.TaskRunView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of Prefect's group Task runs that speak of many runs at once. */
@RestController
class TaskRunListRoutes {
  private final TaskRunQueries taskRuns;
  private final RunHistory history;
  private final PageLimits limits;

  TaskRunListRoutes(
      TaskRunQueries taskRuns, @Qualifier("taskRunHistory") RunHistory history, PageLimits limits) {
    this.taskRuns = taskRuns;
    this.history = history;
    this.limits = limits;
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record TaskRunList(
      @Default("\"ID_DESC\"") TaskRunSort sort,
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments) {
    private TaskRunSelection selection() {
      return RunFilters.taskRuns(flows, flowRuns, taskRuns, deployments);
    }
  }

  @PostMapping("/task_runs/filter")
  List<TaskRunView> filter(@Body TaskRunList body) {
    return taskRuns.page(
        body.selection(), body.sort(), limits.checked(body.limit()), body.offset());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record TaskRunPage(
      @Default("\"ID_DESC\"") TaskRunSort sort,
      @Nullable Integer limit,
      @Default("1") @AtLeast(1) int page,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments) {
    private TaskRunSelection selection() {
      return RunFilters.taskRuns(flows, flowRuns, taskRuns, deployments);
    }
  }

  @PostMapping("/task_runs/paginate")
  Page<TaskRunPageView> paginate(@Body TaskRunPage body) {
    int limit = limits.checked(body.limit());
    long offset = (long) (body.page() - 1) * limit;
    List<TaskRunPageView> results =
        taskRuns.page(body.selection(), body.sort(), limit, offset).stream()
            .map(TaskRunPageView::of)
            .toList();
    return Page.of(results, taskRuns.count(body.selection()), limit, body.page());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record TaskRunCount(
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments) {}

  @PostMapping("/task_runs/count")
  long count(@Body TaskRunCount body) {
    return taskRuns.count(
        RunFilters.taskRuns(body.flows(), body.flowRuns(), body.taskRuns(), body.deployments()));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record TaskRunHistory(
      Instant historyStart,
      Instant historyEnd,
      double historyIntervalSeconds,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments) {}

  @PostMapping("/task_runs/history")
  List<RunHistory.Bucket> history(@Body TaskRunHistory body) {
    TaskRunSelection selection =
        RunFilters.taskRuns(body.flows(), body.flowRuns(), body.taskRuns(), body.deployments());
    return history.of(
        selection.where(),
        body.historyStart(),
        body.historyEnd(),
        FlowRunListRoutes.interval(body.historyIntervalSeconds()));
  }
}
