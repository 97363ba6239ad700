package io.annals.command.deployment;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds what the runs of a deployment get from it. */
@FunctionalInterface
public interface FindDeployable {
  /** The deployment as it is stored now, if there is one. */
  Optional<Deployable> byId(UUID deploymentId);

  /**
   * What runs get from their deployment.
   *
   * @param workQueueName as the client named the queue
   * @param place where runs wait for workers; null when a runner of its own takes them
   */
  record Deployable(
      UUID id,
      UUID flowId,
      @Nullable String version,
      List<String> tags,
      ObjectNode labels,
      ObjectNode parameters,
      @Nullable JsonNode parameterOpenapiSchema,
      boolean enforceParameterSchema,
      JsonNode jobVariables,
      @Nullable String workQueueName,
      @Nullable UUID infrastructureDocumentId,
      @Nullable WorkPlace place) {}
}
