package io.annals.app.http;

import io.annals.command.decision.Change;
import io.annals.command.decision.Created;
import io.annals.command.deployment.DeploymentCommand.DeleteDeployment;
import io.annals.command.deployment.DeploymentCommand.DeployFlow;
import io.annals.command.deployment.DeploymentCommand.PauseDeployment;
import io.annals.command.deployment.DeploymentCommand.ResumeDeployment;
import io.annals.command.deployment.DeploymentCommand.ScheduleChange;
import io.annals.command.deployment.DeploymentCommand.UpdateDeployment;
import io.annals.command.deployment.DeploymentRefusals;
import io.annals.query.deployment.DeploymentQueries;
import io.annals.query.deployment.DeploymentView;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
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
import tools.jackson.databind.node.NullNode;

/** The routes of Prefect's group Deployments that create, change and delete single deployments. */
@RestController
class DeploymentRoutes {
  private final Commands commands;
  private final DeploymentQueries deployments;
  private final InstantSource clock;

  DeploymentRoutes(Commands commands, DeploymentQueries deployments, InstantSource clock) {
    this.commands = commands;
    this.deployments = deployments;
    this.clock = clock;
  }

  @PostMapping("/deployments/")
  ResponseEntity<DeploymentView> create(@Body DeploymentBody.Whole body) {
    DeployFlow command =
        new DeployFlow(
            body.flowId(),
            body.name(),
            body.changes(),
            body.schedules().stream().map(schedule -> schedule.deployed(clock.instant())).toList());
    Created created = commands.ask(command, Created.class);
    return ResponseEntity.status(created.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(read(created.id()));
  }

  @GetMapping("/deployments/{id}")
  DeploymentView read(@PathVariable UUID id) {
    return deployments.byId(id).orElseThrow(DeploymentRefusals.MISSING::asException);
  }

  @GetMapping("/deployments/name/{flowName}/{deploymentName}")
  DeploymentView readByName(@PathVariable String flowName, @PathVariable String deploymentName) {
    return deployments
        .byNames(flowName, deploymentName)
        .orElseThrow(DeploymentRefusals.MISSING::asException);
  }

  @PatchMapping("/deployments/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable UUID id, @Body DeploymentBody.Parts body) {
    requireThere(id);
    Change<List<ScheduleChange>> schedules =
        Changes.of(
            body.schedules(),
            given -> given.stream().map(update -> update.change(clock.instant())).toList());
    commands.tell(new UpdateDeployment(id, body.changes(), schedules));
  }

  /** Some of Prefect's routes put a full stop behind it. */
  private void requireThere(UUID id) {
    if (!deployments.exists(id)) {
      throw DeploymentRefusals.MISSING_STOP.asException();
    }
  }

  @DeleteMapping("/deployments/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    commands.tell(new DeleteDeployment(id, true));
  }

  @PostMapping("/deployments/{id}/pause_deployment")
  JsonNode pause(@PathVariable UUID id) {
    commands.tell(new PauseDeployment(id));
    return NullNode.getInstance();
  }

  @PostMapping("/deployments/{id}/resume_deployment")
  JsonNode resume(@PathVariable UUID id) {
    commands.tell(new ResumeDeployment(id));
    return NullNode.getInstance();
  }
}
