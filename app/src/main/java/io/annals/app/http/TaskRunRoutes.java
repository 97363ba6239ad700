package io.annals.app.http;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Change;
import io.annals.command.decision.Created;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.taskrun.TaskRunCommand.CreateTaskRun;
import io.annals.command.taskrun.TaskRunCommand.DeleteTaskRun;
import io.annals.command.taskrun.TaskRunCommand.RenameTaskRun;
import io.annals.command.taskrun.TaskRunCommand.SetTaskRunState;
import io.annals.events.taskrun.TaskRunPolicy;
import io.annals.query.request.CheckedBy;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.MaxLength;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.request.Patch;
import io.annals.query.taskrun.TaskRunQueries;
import io.annals.query.taskrun.TaskRunView;
import java.time.Instant;
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
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes of Prefect's group Task runs that create, change and delete single runs. */
@RestController
class TaskRunRoutes {
  private final Commands commands;
  private final TaskRunQueries taskRuns;

  TaskRunRoutes(Commands commands, TaskRunQueries taskRuns) {
    this.commands = commands;
    this.taskRuns = taskRuns;
  }

  /** A task run's policy as clients send it; the two oldest fields stand in for the newer ones. */
  @IgnoresUnknownKeys
  record PolicyBody(
      @Default("0") int maxRetries,
      @Default("0") double retryDelaySeconds,
      @Nullable Integer retries,
      @Nullable JsonNode retryDelay,
      @Nullable Double retryJitterFactor) {
    private static final int MAX_DELAYS = 50;

    PolicyBody {
      if (retryDelay != null && !isDelay(retryDelay)) {
        throw new IllegalArgumentException("`retry_delay` must be a number or a list of numbers.");
      }
      if (retryDelay != null && retryDelay.isArray() && retryDelay.size() > MAX_DELAYS) {
        throw new IllegalArgumentException(
            "Can not configure more than " + MAX_DELAYS + " retry delays per task.");
      }
      if (retryJitterFactor != null && retryJitterFactor < 0) {
        throw new IllegalArgumentException("`retry_jitter_factor` must be >= 0.");
      }
    }

    private static boolean isDelay(JsonNode delay) {
      return delay.isNull()
          || delay.isNumber()
          || (delay.isArray() && delay.valueStream().allMatch(JsonNode::isNumber));
    }

    TaskRunPolicy policy() {
      boolean retriesSaid = retries != null && retries != 0;
      boolean delaySaid =
          retryDelay != null
              && !retryDelay.isNull()
              && !(retryDelay.isNumber() && retryDelay.decimalValue().signum() == 0);
      return new TaskRunPolicy(
          maxRetries,
          retryDelaySeconds,
          !retriesSaid && maxRetries != 0 ? Integer.valueOf(maxRetries) : retries,
          !delaySaid && retryDelaySeconds != 0 ? DoubleNode.valueOf(retryDelaySeconds) : retryDelay,
          retryJitterFactor);
    }
  }

  record NewTaskRun(
      @Nullable UUID id,
      @Nullable StateBody state,
      @Nullable String name,
      @Nullable UUID flowRunId,
      String taskKey,
      String dynamicKey,
      @MaxLength(2000) @Nullable String cacheKey,
      @Nullable Instant cacheExpiration,
      @Nullable String taskVersion,
      @Default("{}") PolicyBody empiricalPolicy,
      @Default("[]") List<String> tags,
      @Default("{}") @Nullable ObjectNode labels,
      @CheckedBy(TaskInputsCheck.class) @Default("{}") ObjectNode taskInputs) {
    NewTaskRun {
      labels = JsonBounds.labels(labels);
    }
  }

  @PostMapping("/task_runs/")
  ResponseEntity<TaskRunView> create(@Body NewTaskRun body) {
    Created created =
        commands.ask(
            new CreateTaskRun(
                body.id(),
                body.name(),
                body.flowRunId(),
                body.taskKey(),
                body.dynamicKey(),
                body.cacheKey(),
                body.cacheExpiration(),
                body.taskVersion(),
                body.empiricalPolicy().policy(),
                body.tags(),
                JsonBounds.labels(body.labels()),
                body.taskInputs(),
                body.state() == null ? null : body.state().proposed(),
                Commands.client()),
            Created.class);
    return ResponseEntity.status(created.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(read(created.id()));
  }

  @GetMapping("/task_runs/{id}")
  TaskRunView read(@PathVariable UUID id) {
    return taskRuns
        .byId(id)
        .orElseThrow(() -> new Refusal(Kind.NOT_FOUND, "Task not found").asException());
  }

  record TaskRunChange(Patch<@Nullable String> name) {}

  @PatchMapping("/task_runs/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable UUID id, @Body TaskRunChange body) {
    Change<@Nullable String> name =
        body.name() instanceof Patch.Given<@Nullable String> given
            ? Change.to(given.value())
            : Change.none();
    commands.tell(new RenameTaskRun(id, name));
  }

  @DeleteMapping("/task_runs/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    commands.tell(new DeleteTaskRun(id));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record NewState(StateBody state, @Default("false") boolean force) {}

  @PostMapping("/task_runs/{id}/set_state")
  ResponseEntity<OrchestrationResult> setState(@PathVariable UUID id, @Body NewState body) {
    return OrchestrationResult.response(
        commands.ask(
            new SetTaskRunState(id, body.state().proposed(), body.force(), Commands.client()),
            Answer.class));
  }
}
