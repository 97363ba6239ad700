package io.annals.app.http;

import io.annals.command.deployment.DeploymentCommand.DeleteDeployment;
import io.annals.query.deployment.DeploymentFilter;
import io.annals.query.deployment.DeploymentQueries;
import io.annals.query.deployment.DeploymentSelection;
import io.annals.query.deployment.DeploymentSort;
import io.annals.query.deployment.DeploymentView;
import io.annals.query.flow.FlowFilter;
import io.annals.query.flowrun.FlowRunFilter;
import io.annals.query.request.AtLeast;
import io.annals.query.request.AtMost;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.sql.Page;
import io.annals.query.taskrun.TaskRunFilter;
import io.annals.query.workpool.WorkPoolFilter;
import io.annals.query.workpool.WorkQueueFilter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of Prefect's group Deployments that speak of many deployments at once. */
@RestController
class DeploymentListRoutes {
  private final Commands commands;
  private final DeploymentQueries deployments;
  private final PageLimits limits;

  DeploymentListRoutes(Commands commands, DeploymentQueries deployments, PageLimits limits) {
    this.commands = commands;
    this.deployments = deployments;
    this.limits = limits;
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record DeploymentList(
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Nullable WorkQueueFilter workPoolQueues,
      @Default("\"NAME_ASC\"") DeploymentSort sort) {
    private DeploymentSelection selection() {
      return RunFilters.deployments(
          flows, flowRuns, taskRuns, deployments, workPools, workPoolQueues);
    }
  }

  @PostMapping("/deployments/filter")
  List<DeploymentView> filter(@Body DeploymentList body) {
    return deployments.page(
        body.selection(), body.sort(), limits.checked(body.limit()), body.offset());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record DeploymentPage(
      @Nullable Integer limit,
      @Default("1") @AtLeast(1) int page,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Nullable WorkQueueFilter workPoolQueues,
      @Default("\"NAME_ASC\"") DeploymentSort sort) {
    private DeploymentSelection selection() {
      return RunFilters.deployments(
          flows, flowRuns, taskRuns, deployments, workPools, workPoolQueues);
    }
  }

  @PostMapping("/deployments/paginate")
  Page<DeploymentView> paginate(@Body DeploymentPage body) {
    int limit = limits.checked(body.limit());
    long offset = (long) (body.page() - 1) * limit;
    return Page.of(
        deployments.page(body.selection(), body.sort(), limit, offset),
        deployments.count(body.selection()),
        limit,
        body.page());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record DeploymentCount(
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Nullable WorkQueueFilter workPoolQueues) {}

  @PostMapping("/deployments/count")
  long count(@Body DeploymentCount body) {
    return deployments.count(
        RunFilters.deployments(
            body.flows(),
            body.flowRuns(),
            body.taskRuns(),
            body.deployments(),
            body.workPools(),
            body.workPoolQueues()));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record DeploymentBulk(
      @Nullable DeploymentFilter deployments, @Default("50") @AtLeast(1) @AtMost(50) int limit) {}

  /** Those that somebody else deleted meanwhile are left out. */
  record Deleted(List<UUID> deleted) {}

  @PostMapping("/deployments/bulk_delete")
  Deleted bulkDelete(@Body DeploymentBulk body) {
    return new Deleted(
        deployments.ids(DeploymentSelection.of(body.deployments()), body.limit()).stream()
            .filter(id -> commands.tellIfThere(new DeleteDeployment(id, true)))
            .toList());
  }
}
