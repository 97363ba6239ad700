package io.annals.app.http;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Change;
import io.annals.command.decision.Created;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.decision.RefusedException;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.command.flowrun.FlowRunCommand.LabelFlowRun;
import io.annals.command.flowrun.FlowRunCommand.ResumeFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.flowrun.FlowRunCommand.UpdateFlowRun;
import io.annals.command.flowrun.ResumeAnswer;
import io.annals.query.flowrun.FlowRunQueries;
import io.annals.query.flowrun.FlowRunView;
import io.annals.query.flowrun.FreshFlowRuns;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.request.Patch;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The routes of Prefect's group Flow runs that create, change and delete single runs. */
@RestController
class FlowRunRoutes {
  private final Commands commands;
  private final FlowRunQueries flowRuns;
  private final FreshFlowRuns freshRuns;
  private final WorkPlaces places;

  FlowRunRoutes(
      Commands commands, FlowRunQueries flowRuns, FreshFlowRuns freshRuns, WorkPlaces places) {
    this.commands = commands;
    this.flowRuns = flowRuns;
    this.freshRuns = freshRuns;
    this.places = places;
  }

  record NewFlowRun(
      UUID flowId,
      @Nullable StateBody state,
      @Nullable String name,
      @Nullable String flowVersion,
      @Default("{}") ObjectNode parameters,
      @Default("{}") ObjectNode context,
      @Nullable UUID parentTaskRunId,
      @Nullable UUID infrastructureDocumentId,
      @Default("{}") FlowRunPolicyBody empiricalPolicy,
      @Default("[]") List<String> tags,
      @Default("{}") @Nullable ObjectNode labels,
      @Nullable String idempotencyKey,
      @Nullable String workPoolName,
      @Nullable String workQueueName,
      @Nullable ObjectNode jobVariables,
      @Nullable UUID deploymentId) {
    NewFlowRun {
      JsonBounds.checkParameters(parameters);
      labels = JsonBounds.labels(labels);
    }
  }

  @PostMapping("/flow_runs/")
  ResponseEntity<FlowRunView> create(@Body NewFlowRun body) {
    Created created = commands.ask(command(body, workQueueId(body)), Created.class);
    return ResponseEntity.status(created.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(freshRuns.take(created.id()).orElseGet(() -> read(created.id())));
  }

  /** Without the name of a pool, that of a queue is no more than a name. */
  private @Nullable UUID workQueueId(NewFlowRun body) {
    String pool = body.workPoolName();
    if (pool == null || pool.isEmpty()) {
      return null;
    }
    String queue = body.workQueueName();
    return queue == null || queue.isEmpty()
        ? places.pool(pool).defaultQueueId()
        : places.queue(pool, queue).id();
  }

  private static CreateFlowRun command(NewFlowRun body, @Nullable UUID workQueueId) {
    return new CreateFlowRun(
        body.flowId(),
        body.name(),
        body.deploymentId(),
        null,
        workQueueId,
        body.workQueueName(),
        body.flowVersion(),
        body.parameters(),
        body.idempotencyKey(),
        body.context(),
        body.empiricalPolicy().policy(),
        body.tags(),
        JsonBounds.labels(body.labels()),
        body.parentTaskRunId(),
        body.infrastructureDocumentId(),
        body.jobVariables() == null ? JsonNodeFactory.instance.objectNode() : body.jobVariables(),
        null,
        body.state() == null ? null : body.state().proposed(),
        Commands.client());
  }

  @GetMapping("/flow_runs/{id}")
  FlowRunView read(@PathVariable UUID id) {
    return flowRuns.byId(id).orElseThrow(FlowRunRoutes::notFound);
  }

  record FlowRunChange(
      Patch<@Nullable String> name,
      Patch<@Nullable String> flowVersion,
      Patch<ObjectNode> parameters,
      Patch<FlowRunPolicyBody> empiricalPolicy,
      Patch<List<String>> tags,
      Patch<@Nullable String> infrastructurePid,
      Patch<@Nullable ObjectNode> jobVariables) {
    FlowRunChange {
      parameters.ifGiven(JsonBounds::checkParameters);
    }
  }

  @PatchMapping("/flow_runs/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable UUID id, @Body FlowRunChange body) {
    commands.tell(
        new UpdateFlowRun(
            id,
            change(body.name()),
            change(body.flowVersion()),
            widened(body.parameters()),
            body.empiricalPolicy() instanceof Patch.Given<FlowRunPolicyBody>(var policy)
                ? new Change.To<>(policy.policy())
                : new Change.None<>(),
            change(body.tags()),
            change(body.infrastructurePid()),
            widenedNullable(body.jobVariables())));
  }

  private static <T extends @Nullable Object> Change<T> change(Patch<T> patch) {
    return switch (patch) {
      case Patch.Given<T>(T value) -> new Change.To<>(value);
      case Patch.Absent<T> absent -> new Change.None<>();
    };
  }

  private static Change<JsonNode> widened(Patch<ObjectNode> patch) {
    return patch instanceof Patch.Given<ObjectNode>(ObjectNode value)
        ? new Change.To<>(value)
        : new Change.None<>();
  }

  private static Change<@Nullable JsonNode> widenedNullable(Patch<@Nullable ObjectNode> patch) {
    return patch instanceof Patch.Given<@Nullable ObjectNode> given
        ? new Change.To<@Nullable JsonNode>(given.value())
        : new Change.None<>();
  }

  @DeleteMapping("/flow_runs/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    commands.tell(new DeleteFlowRun(id));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record NewState(StateBody state, @Default("false") boolean force) {}

  @PostMapping("/flow_runs/{id}/set_state")
  ResponseEntity<OrchestrationResult> setState(@PathVariable UUID id, @Body NewState body) {
    return OrchestrationResult.response(
        commands.ask(
            new SetFlowRunState(id, body.state().proposed(), body.force(), Commands.client()),
            Answer.class));
  }

  @IgnoresUnknownKeys
  record Resumption(@Nullable ObjectNode runInput) {}

  @PostMapping("/flow_runs/{id}/resume")
  ResponseEntity<OrchestrationResult> resume(@PathVariable UUID id, @Body Resumption body) {
    ResumeAnswer answer =
        commands.ask(new ResumeFlowRun(id, body.runInput(), Commands.client()), ResumeAnswer.class);
    if (!answer.inputRefused()) {
      return OrchestrationResult.response(answer.answer());
    }
    // Prefect answers REJECT here with the details of an ABORT.
    return ResponseEntity.ok(
        OrchestrationResult.of(
            answer.answer(),
            new OrchestrationResult.Details("abort_details", null, answer.answer().reason())));
  }

  @PatchMapping("/flow_runs/{id}/labels")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void label(@PathVariable UUID id, @Body ObjectNode labels) {
    commands.tell(new LabelFlowRun(id, labels));
  }

  static RefusedException notFound() {
    return new Refusal(Kind.NOT_FOUND, "Flow run not found").asException();
  }
}
