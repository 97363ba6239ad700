package io.annals.command.deployment;

import io.annals.command.decision.Created;
import io.annals.command.deployment.FindDeployable.Deployable;
import io.annals.command.deployment.JobVariables.Demand;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.flowrun.SystemLabels;
import io.annals.command.parameter.HydrationException;
import io.annals.command.schema.JudgeJson.Fit;
import io.annals.command.schema.LenientSchema;
import io.annals.command.state.ProposedState;
import io.annals.events.state.StateType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes runs of deployments: lays what is asked for over what the deployment says. The deployment
 * itself is only read, so that its runs do not wait for each other.
 */
public final class DeploymentRunHandler {

  private final FindDeployable findDeployable;
  private final DeploymentPorts ports;
  private final CreateRun createRun;
  private final Placement placement;

  /** A handler of the wish for runs. */
  public DeploymentRunHandler(
      FindDeployable findDeployable, DeploymentPorts ports, CreateRun createRun) {
    this.findDeployable = findDeployable;
    this.ports = ports;
    this.createRun = createRun;
    this.placement = new Placement(ports.findWorkPlace(), ports.addWorkQueue());
  }

  /** Creates a run. */
  @CommandHandler
  public Created handle(RunDeployment command) throws Exception {
    Deployable deployable =
        findDeployable
            .byId(command.deploymentId())
            .orElseThrow(DeploymentRefusals.MISSING::asException);
    RunRefusals refusals = new RunRefusals(command.wording());
    JsonNode parameters = parameters(deployable, command, refusals);
    requireJobVariables(deployable, command, refusals);
    WorkPlace place = place(deployable, command, refusals);
    return createRun.of(run(deployable, command, parameters, place));
  }

  private static CreateFlowRun run(
      Deployable deployable,
      RunDeployment command,
      JsonNode parameters,
      @Nullable WorkPlace place) {
    String queueName = command.workQueueName();
    return new CreateFlowRun(
        deployable.flowId(),
        command.name(),
        deployable.id(),
        deployable.version(),
        place == null ? null : place.queueId(),
        isNamed(queueName) ? queueName : deployable.workQueueName(),
        null,
        parameters,
        command.idempotencyKey(),
        command.context(),
        command.empiricalPolicy(),
        tags(deployable, command),
        labels(deployable, command),
        command.parentTaskRunId(),
        command.infrastructureDocumentId() == null
            ? deployable.infrastructureDocumentId()
            : command.infrastructureDocumentId(),
        command.jobVariables(),
        command.createdBy(),
        command.state() == null ? ProposedState.of(StateType.SCHEDULED) : command.state(),
        command.client());
  }

  private static List<String> tags(Deployable deployable, RunDeployment command) {
    Set<String> tags = new LinkedHashSet<>(deployable.tags());
    tags.addAll(command.tags());
    return List.copyOf(tags);
  }

  /**
   * As the deployment is labelled now: what is known of it where the run is made may be a moment
   * old, when another node has changed it.
   */
  private static ObjectNode labels(Deployable deployable, RunDeployment command) {
    ObjectNode labels =
        SystemLabels.ofDeployment(deployable.labels(), deployable.flowId(), deployable.id());
    labels.setAll(command.labels());
    return labels;
  }

  private JsonNode parameters(Deployable deployable, RunDeployment command, RunRefusals refusals) {
    ObjectNode given = deployable.parameters().deepCopy();
    given.setAll(command.parameters());
    JsonNode parameters;
    try {
      parameters = ports.hydration().of(given);
    } catch (HydrationException failed) {
      throw refusals.notHydrated(Objects.requireNonNull(failed.getMessage())).asException();
    }
    Boolean enforced = command.enforceParameterSchema();
    if (enforced == null ? deployable.enforceParameterSchema() : enforced) {
      requireFit(deployable.parameterOpenapiSchema(), parameters, refusals);
    }
    return parameters;
  }

  private void requireFit(@Nullable JsonNode schema, JsonNode parameters, RunRefusals refusals) {
    if (!(schema instanceof ObjectNode)) {
      throw refusals.noSchema().asException();
    }
    switch (ports.judgeJson().judge(LenientSchema.of(schema, false), parameters)) {
      case Fit.Fits ignored -> {}
      case Fit.Differs differs -> throw refusals.parameters(differs).asException();
      case Fit.EndlessSchema ignored -> throw refusals.endlessSchema().asException();
    }
  }

  private void requireJobVariables(
      Deployable deployable, RunDeployment command, RunRefusals refusals) {
    WorkPlace place = deployable.place();
    if (place != null) {
      ports
          .jobVariables()
          .problem(
              place.baseJobTemplate(),
              Demand.ALL_OF_THEM,
              deployable.jobVariables(),
              command.jobVariables())
          .ifPresent(
              problem -> {
                throw refusals.jobVariables(problem).asException();
              });
    }
  }

  private @Nullable WorkPlace place(
      Deployable deployable, RunDeployment command, RunRefusals refusals) {
    WorkPlace own = deployable.place();
    String queueName = command.workQueueName();
    if (queueName == null || !isNamed(queueName)) {
      return own;
    }
    if (own == null) {
      throw refusals.noPool(deployable.id(), queueName).asException();
    }
    return placement.beside(own, queueName);
  }

  private static boolean isNamed(@Nullable String name) {
    return name != null && !name.isEmpty();
  }
}
