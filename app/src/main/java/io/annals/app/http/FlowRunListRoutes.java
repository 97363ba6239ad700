package io.annals.app.http;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.decision.RefusedException;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.events.state.ProposalStatus;
import io.annals.query.deployment.DeploymentFilter;
import io.annals.query.flow.FlowFilter;
import io.annals.query.flowrun.FlowRunFilter;
import io.annals.query.flowrun.FlowRunQueries;
import io.annals.query.flowrun.FlowRunSelection;
import io.annals.query.flowrun.FlowRunSort;
import io.annals.query.flowrun.FlowRunView;
import io.annals.query.request.AtLeast;
import io.annals.query.request.AtMost;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.sql.Page;
import io.annals.query.state.RunHistory;
import io.annals.query.state.StateView;
import io.annals.query.taskrun.TaskRunFilter;
import io.annals.query.workpool.WorkPoolFilter;
import io.annals.query.workpool.WorkQueueFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of Prefect's group Flow runs that speak of many runs at once. */
@RestController
class FlowRunListRoutes {
  private final Commands commands;
  private final FlowRunQueries flowRuns;
  private final RunHistory history;
  private final PageLimits limits;

  FlowRunListRoutes(
      Commands commands,
      FlowRunQueries flowRuns,
      @Qualifier("flowRunHistory") RunHistory history,
      PageLimits limits) {
    this.commands = commands;
    this.flowRuns = flowRuns;
    this.history = history;
    this.limits = limits;
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record FlowRunList(
      @Default("\"ID_DESC\"") FlowRunSort sort,
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Nullable WorkQueueFilter workPoolQueues) {
    private FlowRunSelection selection() {
      return RunFilters.flowRuns(flows, flowRuns, taskRuns, deployments, workPools, workPoolQueues);
    }
  }

  @PostMapping("/flow_runs/filter")
  List<FlowRunView> filter(@Body FlowRunList body) {
    return flowRuns.page(
        body.selection(), body.sort(), limits.checked(body.limit()), body.offset());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record FlowRunPage(
      @Default("\"ID_DESC\"") FlowRunSort sort,
      @Nullable Integer limit,
      @Default("1") @AtLeast(1) int page,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Nullable WorkQueueFilter workPoolQueues) {
    private FlowRunSelection selection() {
      return RunFilters.flowRuns(flows, flowRuns, taskRuns, deployments, workPools, workPoolQueues);
    }
  }

  @PostMapping("/flow_runs/paginate")
  Page<FlowRunView> paginate(@Body FlowRunPage body) {
    int limit = limits.checked(body.limit());
    long offset = (long) (body.page() - 1) * limit;
    return Page.of(
        flowRuns.page(body.selection(), body.sort(), limit, offset),
        flowRuns.count(body.selection()),
        limit,
        body.page());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record FlowRunCount(
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Nullable WorkQueueFilter workPoolQueues) {
    private FlowRunSelection selection() {
      return RunFilters.flowRuns(flows, flowRuns, taskRuns, deployments, workPools, workPoolQueues);
    }
  }

  @PostMapping("/flow_runs/count")
  long count(@Body FlowRunCount body) {
    return flowRuns.count(body.selection());
  }

  @PostMapping("/flow_runs/lateness")
  Optional<Double> lateness(@Body FlowRunCount body) {
    return flowRuns.averageLateness(body.selection());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record FlowRunHistory(
      Instant historyStart,
      Instant historyEnd,
      double historyIntervalSeconds,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Nullable WorkQueueFilter workQueues) {
    private FlowRunSelection selection() {
      return RunFilters.flowRuns(flows, flowRuns, taskRuns, deployments, workPools, workQueues);
    }
  }

  @PostMapping("/flow_runs/history")
  List<RunHistory.Bucket> history(@Body FlowRunHistory body) {
    return history.of(
        body.selection().where(),
        body.historyStart(),
        body.historyEnd(),
        interval(body.historyIntervalSeconds()));
  }

  /** The interval of a history. */
  static Duration interval(double seconds) {
    if (seconds < 1) {
      throw new Refusal(Kind.UNPROCESSABLE, "History interval must not be less than 1 second.")
          .asException();
    }
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record FlowRunBulk(
      @Nullable FlowRunFilter flowRuns, @Default("50") @AtLeast(1) @AtMost(50) int limit) {}

  /** Those that somebody else deleted meanwhile are left out. */
  record Deleted(List<UUID> deleted) {}

  @PostMapping("/flow_runs/bulk_delete")
  Deleted bulkDelete(@Body FlowRunBulk body) {
    return new Deleted(
        flowRuns.ids(FlowRunSelection.of(body.flowRuns()), body.limit()).stream()
            .filter(id -> commands.tellIfThere(new DeleteFlowRun(id)))
            .toList());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record BulkState(
      @Nullable FlowRunFilter flowRuns,
      StateBody state,
      @Default("false") boolean force,
      @Default("50") @AtLeast(1) @AtMost(50) int limit) {}

  /** What became of a state proposed to one of many runs. */
  record BulkResult(
      UUID flowRunId,
      ProposalStatus status,
      @Nullable StateView state,
      OrchestrationResult.Details details) {}

  record BulkResults(List<BulkResult> results) {}

  @PostMapping("/flow_runs/bulk_set_state")
  BulkResults bulkSetState(@Body BulkState body) {
    return new BulkResults(
        flowRuns.ids(FlowRunSelection.of(body.flowRuns()), body.limit()).stream()
            .map(id -> setState(id, body))
            .toList());
  }

  private BulkResult setState(UUID id, BulkState body) {
    Answer answer;
    try {
      answer =
          commands.ask(
              new SetFlowRunState(id, body.state().proposed(), body.force(), Commands.client()),
              Answer.class);
    } catch (RefusedException refused) {
      answer = new Answer(null, ProposalStatus.ABORT, refused.getMessage(), null, false);
    }
    OrchestrationResult result = OrchestrationResult.of(answer);
    return new BulkResult(id, result.status(), result.state(), result.details());
  }
}
