package io.annals.command.deployment;

import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.CreatedBy;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Create a run of a deployment, or find the one with the same idempotency key. Answers {@code
 * Created}.
 *
 * @param name null or empty for a name made up by the server
 * @param parameters laid over those of the deployment
 * @param enforceParameterSchema null to do as the deployment does
 * @param workQueueName null for the deployment's own queue
 * @param jobVariables laid over those of the deployment when the run is started
 * @param state null for SCHEDULED at once
 * @param wording how refusals are put
 */
public record RunDeployment(
    UUID deploymentId,
    @Nullable String name,
    ObjectNode parameters,
    @Nullable Boolean enforceParameterSchema,
    JsonNode context,
    EmpiricalPolicy empiricalPolicy,
    List<String> tags,
    ObjectNode labels,
    @Nullable String idempotencyKey,
    @Nullable UUID parentTaskRunId,
    @Nullable UUID infrastructureDocumentId,
    @Nullable String workQueueName,
    JsonNode jobVariables,
    @Nullable CreatedBy createdBy,
    @Nullable ProposedState state,
    Client client,
    Wording wording) {
  /** Prefect puts refusals in other words when it creates many runs at once. */
  public enum Wording {
    /** One run. */
    OF_ONE,
    /** One of many. */
    OF_MANY
  }
}
