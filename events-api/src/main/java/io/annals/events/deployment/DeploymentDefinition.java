package io.annals.events.deployment;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a deployment says about the runs of its flow, apart from when they are planned.
 *
 * @param labels an object, with the labels of the flow in it
 * @param parameters an object; runs lay theirs over it
 * @param parameterOpenapiSchema the JSON Schema of the flow's parameters
 * @param enforceParameterSchema whether parameters have to fit the schema
 * @param pullSteps an array; how a worker fetches the code
 * @param paused whether the schedules are at rest
 * @param workQueueId where runs wait for workers; null when a runner of its own takes them
 * @param workQueueName as the client named it
 * @param jobVariables an object that is laid over the defaults of the work pool
 * @param concurrencyLimitId the limit whose slots the runs take
 */
public record DeploymentDefinition(
    @Nullable String version,
    @Nullable String description,
    List<String> tags,
    JsonNode labels,
    JsonNode parameters,
    @Nullable JsonNode parameterOpenapiSchema,
    boolean enforceParameterSchema,
    @Nullable JsonNode pullSteps,
    @Nullable String path,
    @Nullable String entrypoint,
    boolean paused,
    @Nullable UUID workQueueId,
    @Nullable String workQueueName,
    @Nullable UUID storageDocumentId,
    @Nullable UUID infrastructureDocumentId,
    JsonNode jobVariables,
    @Nullable UUID concurrencyLimitId,
    @Nullable ConcurrencyOptions concurrencyOptions) {
  /** Copies the tags. */
  public DeploymentDefinition {
    tags = List.copyOf(tags);
  }
}
