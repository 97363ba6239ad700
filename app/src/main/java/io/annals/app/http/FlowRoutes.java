package io.annals.app.http;

import io.annals.command.decision.Created;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.decision.RefusedException;
import io.annals.command.flow.FlowCommand.CreateFlow;
import io.annals.command.flow.FlowCommand.RetagFlow;
import io.annals.query.deployment.DeploymentFilter;
import io.annals.query.flow.FlowFilter;
import io.annals.query.flow.FlowQueries;
import io.annals.query.flow.FlowSelection;
import io.annals.query.flow.FlowSort;
import io.annals.query.flow.FlowView;
import io.annals.query.flowrun.FlowRunFilter;
import io.annals.query.request.AtLeast;
import io.annals.query.request.AtMost;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.Matches;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.request.Patch;
import io.annals.query.sql.Page;
import io.annals.query.taskrun.TaskRunFilter;
import io.annals.query.workpool.WorkPoolFilter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Every route of Prefect's group Flows. */
@RestController
class FlowRoutes {
  private final Commands commands;
  private final FlowQueries flows;
  private final FlowDeletion deletion;
  private final PageLimits limits;

  FlowRoutes(Commands commands, FlowQueries flows, FlowDeletion deletion, PageLimits limits) {
    this.commands = commands;
    this.flows = flows;
    this.deletion = deletion;
    this.limits = limits;
  }

  record NewFlow(
      @Matches("^[^/%&><]+$") String name,
      @Default("[]") List<String> tags,
      @Default("{}") @Nullable ObjectNode labels) {
    NewFlow {
      labels = JsonBounds.labels(labels);
    }
  }

  @PostMapping("/flows/")
  ResponseEntity<FlowView> create(@Body NewFlow body) {
    ObjectNode labels = JsonBounds.labels(body.labels());
    Created created = commands.ask(new CreateFlow(body.name(), body.tags(), labels), Created.class);
    return ResponseEntity.status(created.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(read(created.id()));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record FlowList(
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Default("\"NAME_ASC\"") FlowSort sort) {
    private FlowSelection selection() {
      return RunFilters.flows(flows, flowRuns, taskRuns, deployments, workPools);
    }
  }

  @PostMapping("/flows/filter")
  List<FlowView> filter(@Body FlowList body) {
    return flows.page(body.selection(), body.sort(), limits.checked(body.limit()), body.offset());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record FlowPage(
      @Nullable Integer limit,
      @Default("1") @AtLeast(1) int page,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools,
      @Default("\"NAME_ASC\"") FlowSort sort) {
    private FlowSelection selection() {
      return RunFilters.flows(flows, flowRuns, taskRuns, deployments, workPools);
    }
  }

  @PostMapping("/flows/paginate")
  Page<FlowView> paginate(@Body FlowPage body) {
    int limit = limits.checked(body.limit());
    long offset = (long) (body.page() - 1) * limit;
    return Page.of(
        flows.page(body.selection(), body.sort(), limit, offset),
        flows.count(body.selection()),
        limit,
        body.page());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record FlowCount(
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments,
      @Nullable WorkPoolFilter workPools) {}

  @PostMapping("/flows/count")
  long count(@Body FlowCount body) {
    return flows.count(
        RunFilters.flows(
            body.flows(), body.flowRuns(), body.taskRuns(), body.deployments(), body.workPools()));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record FlowBulk(@Nullable FlowFilter flows, @Default("50") @AtLeast(1) @AtMost(50) int limit) {}

  /** Those that somebody else deleted meanwhile are left out. */
  record Deleted(List<UUID> deleted) {}

  @PostMapping("/flows/bulk_delete")
  Deleted bulkDelete(@Body FlowBulk body) {
    FlowSelection selection = RunFilters.flows(body.flows(), null, null, null, null);
    return new Deleted(
        flows.page(selection, FlowSort.NAME_ASC, body.limit(), 0).stream()
            .map(FlowView::id)
            .filter(deletion::delete)
            .toList());
  }

  @GetMapping("/flows/name/{name}")
  FlowView readByName(@PathVariable String name) {
    return flows.byName(name).orElseThrow(FlowRoutes::notFound);
  }

  @GetMapping("/flows/{id}")
  FlowView read(@PathVariable UUID id) {
    return flows.byId(id).orElseThrow(FlowRoutes::notFound);
  }

  record FlowChange(Patch<List<String>> tags) {}

  @PatchMapping("/flows/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable UUID id, @Body FlowChange body) {
    List<String> tags = body.tags() instanceof Patch.Given<List<String>>(var given) ? given : null;
    commands.tell(new RetagFlow(id, tags));
  }

  @DeleteMapping("/flows/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    if (!deletion.delete(id)) {
      throw notFound();
    }
  }

  private static RefusedException notFound() {
    return new Refusal(Kind.NOT_FOUND, "Flow not found").asException();
  }
}
