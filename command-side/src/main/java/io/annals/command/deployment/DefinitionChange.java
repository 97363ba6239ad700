package io.annals.command.deployment;

import io.annals.command.decision.Change;
import io.annals.events.deployment.DeploymentDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a definition becomes, and how it differs from what it was. Pure. */
final class DefinitionChange {
  /** What a deployment says when its client says nothing. */
  static final DeploymentDefinition BLANK =
      new DeploymentDefinition(
          null,
          null,
          List.of(),
          JsonNodeFactory.instance.objectNode(),
          JsonNodeFactory.instance.objectNode(),
          JsonNodeFactory.instance.objectNode(),
          true,
          JsonNodeFactory.instance.arrayNode(),
          null,
          null,
          false,
          null,
          null,
          null,
          null,
          JsonNodeFactory.instance.objectNode(),
          null,
          null);

  private DefinitionChange() {}

  /**
   * A definition with changes made to it.
   *
   * @param parameters all of them afterwards
   * @param labels all of them afterwards
   * @param workQueueId where the work pool and queue of the changes have led to
   * @param concurrencyLimitId the limit afterwards
   */
  static DeploymentDefinition of(
      DeploymentDefinition before,
      DeploymentChanges changes,
      JsonNode parameters,
      JsonNode labels,
      Change<@Nullable UUID> workQueueId,
      @Nullable UUID concurrencyLimitId) {
    return new DeploymentDefinition(
        changes.version().or(before.version()),
        changes.description().or(before.description()),
        changes.tags().or(before.tags()),
        labels,
        parameters,
        changes.parameterOpenapiSchema().or(before.parameterOpenapiSchema()),
        changes.enforceParameterSchema().or(before.enforceParameterSchema()),
        changes.pullSteps().or(before.pullSteps()),
        changes.path().or(before.path()),
        changes.entrypoint().or(before.entrypoint()),
        changes.paused().or(before.paused()),
        workQueueId.or(before.workQueueId()),
        changes.workQueueName().or(before.workQueueName()),
        changes.storageDocumentId().or(before.storageDocumentId()),
        changes.infrastructureDocumentId().or(before.infrastructureDocumentId()),
        changes.jobVariables().or(before.jobVariables()),
        concurrencyLimitId,
        changes.concurrencyOptions().or(before.concurrencyOptions()));
  }

  /** The parts that differ, by their names in the API. */
  static List<String> changed(DeploymentDefinition before, DeploymentDefinition after) {
    Map<String, @Nullable Object> now = all(after);
    return all(before).entrySet().stream()
        .filter(part -> !SameJson.same(part.getValue(), now.get(part.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, @Nullable Object> all(DeploymentDefinition definition) {
    Map<String, @Nullable Object> parts = announced(definition);
    parts.put("work_queue_name", definition.workQueueName());
    parts.put("storage_document_id", definition.storageDocumentId());
    parts.put("infrastructure_document_id", definition.infrastructureDocumentId());
    return parts;
  }

  /** The parts whose changes Prefect's event stream tells of, by their names there. */
  static Map<String, @Nullable Object> announced(DeploymentDefinition definition) {
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    parts.put("description", definition.description());
    parts.put("tags", definition.tags());
    parts.put("parameters", definition.parameters());
    parts.put("parameter_openapi_schema", definition.parameterOpenapiSchema());
    parts.put("enforce_parameter_schema", definition.enforceParameterSchema());
    parts.put("entrypoint", definition.entrypoint());
    parts.put("path", definition.path());
    parts.put("pull_steps", definition.pullSteps());
    parts.put("work_queue_id", definition.workQueueId());
    parts.put("infra_overrides", definition.jobVariables());
    parts.put("paused", definition.paused());
    parts.put("labels", definition.labels());
    parts.put("version", definition.version());
    parts.put("concurrency_limit_id", definition.concurrencyLimitId());
    parts.put("concurrency_options", options(definition));
    return parts;
  }

  private static @Nullable JsonNode options(DeploymentDefinition definition) {
    var options = definition.concurrencyOptions();
    return options == null
        ? null
        : JsonNodeFactory.instance
            .objectNode()
            .put("collision_strategy", options.collisionStrategy().name())
            .put("grace_period_seconds", options.gracePeriodSeconds());
  }
}
