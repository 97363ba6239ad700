package io.annals.app.http;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRunInput;
import io.annals.command.flowrun.FlowRunCommand.StoreFlowRunInput;
import io.annals.query.flowrun.FlowRunInputView;
import io.annals.query.flowrun.FlowRunQueries;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.Matches;
import io.annals.query.request.NullMeansDefault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Inputs of flow runs. */
@RestController
class FlowRunInputRoutes {
  private final Commands commands;
  private final FlowRunQueries flowRuns;

  FlowRunInputRoutes(Commands commands, FlowRunQueries flowRuns) {
    this.commands = commands;
    this.flowRuns = flowRuns;
  }

  @IgnoresUnknownKeys
  record NewInput(@Matches("^[a-z0-9-]*$") String key, String value, @Nullable String sender) {}

  @PostMapping("/flow_runs/{id}/input")
  @ResponseStatus(HttpStatus.CREATED)
  JsonNode store(@PathVariable UUID id, @Body NewInput body) {
    commands.tell(new StoreFlowRunInput(id, body.key(), body.value(), body.sender()));
    return NullNode.getInstance();
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record InputList(
      String prefix, @Default("1") int limit, @Default("[]") List<String> excludeKeys) {}

  @PostMapping("/flow_runs/{id}/input/filter")
  List<FlowRunInputView> filter(@PathVariable UUID id, @Body InputList body) {
    return flowRuns.inputs(id, body.prefix(), body.excludeKeys(), Math.max(0, body.limit()));
  }

  @GetMapping("/flow_runs/{id}/input/{key}")
  ResponseEntity<String> read(@PathVariable UUID id, @PathVariable String key) {
    FlowRunInputView input =
        flowRuns
            .input(id, key)
            .orElseThrow(
                () -> new Refusal(Kind.NOT_FOUND, "Flow run input not found").asException());
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
        .body(input.value());
  }

  @DeleteMapping("/flow_runs/{id}/input/{key}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id, @PathVariable String key) {
    commands.tell(new DeleteFlowRunInput(id, key));
  }
}
