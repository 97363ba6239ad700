package io.annals.app.http;

import io.annals.app.job.DeploymentReadiness;
import io.annals.command.decision.Created;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.decision.RefusedException;
import io.annals.command.deployment.DeploymentRefusals;
import io.annals.command.deployment.RunDeployment;
import io.annals.command.deployment.RunDeployment.Wording;
import io.annals.events.state.CreatedBy;
import io.annals.query.deployment.DeploymentQueries;
import io.annals.query.deployment.MatchingQueueView;
import io.annals.query.deployment.PlaceQueries;
import io.annals.query.flowrun.FlowRunQueries;
import io.annals.query.flowrun.FlowRunView;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The routes of Prefect's group Deployments that make runs, and give them to runners. */
@RestController
class DeploymentRunRoutes {
  /** Runs that one request may create. */
  private static final int MAX_RUNS = 100;

  private final Commands commands;
  private final DeploymentQueries deployments;
  private final PlaceQueries places;
  private final FlowRunQueries flowRuns;
  private final DeploymentReadiness readiness;
  private final PageLimits limits;

  DeploymentRunRoutes(
      Commands commands,
      DeploymentQueries deployments,
      PlaceQueries places,
      FlowRunQueries flowRuns,
      DeploymentReadiness readiness,
      PageLimits limits) {
    this.commands = commands;
    this.deployments = deployments;
    this.places = places;
    this.flowRuns = flowRuns;
    this.readiness = readiness;
    this.limits = limits;
  }

  record NewRun(
      @Nullable StateBody state,
      @Nullable String name,
      @Default("{}") ObjectNode parameters,
      @Nullable Boolean enforceParameterSchema,
      @Default("{}") ObjectNode context,
      @Nullable UUID infrastructureDocumentId,
      @Default("{}") FlowRunPolicyBody empiricalPolicy,
      @Default("[]") List<String> tags,
      @Nullable String idempotencyKey,
      @Nullable ObjectNode labels,
      @Nullable UUID parentTaskRunId,
      @Nullable String workQueueName,
      @Nullable ObjectNode jobVariables) {
    NewRun {
      JsonBounds.checkParameters(parameters);
      labels = JsonBounds.labels(labels);
    }

    private RunDeployment command(
        UUID deploymentId, @Nullable CreatedBy createdBy, Wording wording) {
      return new RunDeployment(
          deploymentId,
          name,
          parameters,
          enforceParameterSchema,
          context,
          empiricalPolicy.policy(),
          tags,
          JsonBounds.labels(labels),
          idempotencyKey,
          parentTaskRunId,
          infrastructureDocumentId,
          workQueueName,
          jobVariables == null ? JsonNodeFactory.instance.objectNode() : jobVariables,
          createdBy,
          state == null ? null : state.proposed(),
          Commands.client(),
          wording);
    }
  }

  @PostMapping("/deployments/{id}/create_flow_run")
  ResponseEntity<FlowRunView> create(
      @PathVariable UUID id,
      @Body NewRun body,
      @RequestHeader(name = CreatorHeaders.ID, required = false) @Nullable String automationId,
      @RequestHeader(name = CreatorHeaders.NAME, required = false) @Nullable String name) {
    CreatedBy creator = CreatorHeaders.read(automationId, name).orElse(null);
    Created created = commands.ask(body.command(id, creator, Wording.OF_ONE), Created.class);
    return ResponseEntity.status(created.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(flowRuns.byId(created.id()).orElseThrow(FlowRunRoutes::notFound));
  }

  /** What became of the wish for one of many runs. */
  record CreateResult(@Nullable UUID flowRunId, String status, @Nullable String error) {}

  record CreateResults(List<CreateResult> results) {}

  @PostMapping("/deployments/{id}/create_flow_run/bulk")
  CreateResults createMany(
      @PathVariable UUID id,
      @Body List<NewRun> body,
      @RequestHeader(name = CreatorHeaders.ID, required = false) @Nullable String automationId,
      @RequestHeader(name = CreatorHeaders.NAME, required = false) @Nullable String name) {
    CreatedBy creator = CreatorHeaders.read(automationId, name).orElse(null);
    if (body.size() > MAX_RUNS) {
      throw new Refusal(
              Kind.BAD_REQUEST, "Cannot create more than " + MAX_RUNS + " flow runs at once.")
          .asException();
    }
    if (!deployments.exists(id)) {
      throw DeploymentRefusals.MISSING.asException();
    }
    return new CreateResults(
        body.stream().map(run -> createOne(run.command(id, creator, Wording.OF_MANY))).toList());
  }

  private CreateResult createOne(RunDeployment command) {
    try {
      return new CreateResult(commands.ask(command, Created.class).id(), "CREATED", null);
    } catch (RefusedException refused) {
      return new CreateResult(null, "FAILED", refused.getMessage());
    }
  }

  @GetMapping("/deployments/{id}/work_queue_check")
  List<MatchingQueueView> checkQueues(@PathVariable UUID id) {
    if (!deployments.exists(id)) {
      throw DeploymentRefusals.MISSING.asException();
    }
    return places.matching(id);
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record Poll(
      List<UUID> deploymentIds, @Nullable Instant scheduledBefore, @Nullable Integer limit) {}

  @PostMapping("/deployments/get_scheduled_flow_runs")
  List<FlowRunView> scheduled(@Body Poll body) {
    List<FlowRunView> runs =
        flowRuns.scheduledOf(
            body.deploymentIds(),
            Optional.ofNullable(body.scheduledBefore()),
            limits.checked(body.limit()));
    readiness.polled(body.deploymentIds());
    return runs;
  }
}
