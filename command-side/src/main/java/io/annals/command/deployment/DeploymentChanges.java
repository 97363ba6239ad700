package io.annals.command.deployment;

import io.annals.command.decision.Change;
import io.annals.events.deployment.ConcurrencyOptions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client wants to be different about a deployment.
 *
 * @param labels the client's own
 * @param parameters may still have to be hydrated
 * @param workPoolName null for no work pool
 * @param workQueueName of that pool; without a pool, of the one for agents
 * @param concurrencyLimit slots of the deployment's own limit; null for none
 * @param globalConcurrencyLimitId a limit that is there already; null for none
 */
public record DeploymentChanges(
    Change<@Nullable String> version,
    Change<@Nullable String> description,
    Change<List<String>> tags,
    Change<ObjectNode> labels,
    Change<ObjectNode> parameters,
    Change<@Nullable JsonNode> parameterOpenapiSchema,
    Change<Boolean> enforceParameterSchema,
    Change<@Nullable JsonNode> pullSteps,
    Change<@Nullable String> path,
    Change<@Nullable String> entrypoint,
    Change<Boolean> paused,
    Change<@Nullable String> workPoolName,
    Change<@Nullable String> workQueueName,
    Change<@Nullable UUID> storageDocumentId,
    Change<@Nullable UUID> infrastructureDocumentId,
    Change<JsonNode> jobVariables,
    Change<@Nullable Integer> concurrencyLimit,
    Change<@Nullable UUID> globalConcurrencyLimitId,
    Change<@Nullable ConcurrencyOptions> concurrencyOptions) {}
