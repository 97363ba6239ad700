package io.annals.app.http;

import io.annals.app.schema.JsonSchemas;
import io.annals.command.decision.Change;
import io.annals.command.deployment.DeploymentChanges;
import io.annals.command.schema.JudgeJson.Fit;
import io.annals.command.schema.LenientSchema;
import io.annals.events.deployment.ConcurrencyOptions;
import io.annals.events.deployment.ConcurrencyOptions.CollisionStrategy;
import io.annals.query.request.AtLeast;
import io.annals.query.request.AtMost;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.Matches;
import io.annals.query.request.MoreThan;
import io.annals.query.request.Patch;
import io.annals.query.request.Preparation;
import io.annals.query.request.PreparedBy;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Deployments as clients send them, whole or in parts. */
final class DeploymentBody {
  private static final JsonSchemas SCHEMAS = new JsonSchemas();
  private static final String ENFORCE = "enforce_parameter_schema";
  private static final String PARAMETERS = "parameters";
  private static final String SCHEMA = "parameter_openapi_schema";

  /** Fields of old clients that mean nothing any more. */
  private static final List<String> FORGOTTEN =
      List.of(
          "worker_pool_queue_id",
          "worker_pool_name",
          "worker_pool_queue_name",
          "work_pool_queue_name");

  private DeploymentBody() {}

  /** What happens to a run that finds no slot. */
  @IgnoresUnknownKeys
  record Options(
      CollisionStrategy collisionStrategy,
      @AtLeast(60) @AtMost(86_400) @Nullable Integer gracePeriodSeconds) {
    private ConcurrencyOptions options() {
      return new ConcurrencyOptions(collisionStrategy, gracePeriodSeconds);
    }
  }

  /** The version of the code, for other servers than this one. */
  @IgnoresUnknownKeys
  record VersionInfo(String type, String version) {}

  /** A deployment as it is created. */
  @PreparedBy(WholePreparation.class)
  record Whole(
      @Matches("^[^/%&><]*$") String name,
      UUID flowId,
      Patch<Boolean> paused,
      @Default("[]") List<ScheduleBodies.New> schedules,
      @MoreThan(0) Patch<@Nullable Integer> concurrencyLimit,
      Patch<@Nullable Options> concurrencyOptions,
      Patch<@Nullable UUID> globalConcurrencyLimitId,
      Patch<Boolean> enforceParameterSchema,
      Patch<@Nullable ObjectNode> parameterOpenapiSchema,
      Patch<ObjectNode> parameters,
      Patch<List<String>> tags,
      Patch<@Nullable ObjectNode> labels,
      Patch<@Nullable List<ObjectNode>> pullSteps,
      Patch<@Nullable String> workQueueName,
      Patch<@Nullable String> workPoolName,
      Patch<@Nullable UUID> storageDocumentId,
      Patch<@Nullable UUID> infrastructureDocumentId,
      Patch<@Nullable String> description,
      Patch<@Nullable String> path,
      Patch<@Nullable String> version,
      Patch<@Nullable String> entrypoint,
      Patch<ObjectNode> jobVariables,
      @Nullable VersionInfo versionInfo) {
    Whole {
      parameters.ifGiven(JsonBounds::checkParameters);
      labels.ifGiven(JsonBounds::labels);
    }

    DeploymentChanges changes() {
      return new DeploymentChanges(
          Changes.of(version),
          Changes.of(description),
          Changes.of(tags),
          Changes.of(labels, JsonBounds::labels),
          Changes.of(parameters),
          Changes.<@Nullable ObjectNode, @Nullable JsonNode>of(
              parameterOpenapiSchema, DeploymentBody::schema),
          Changes.of(enforceParameterSchema),
          Changes.of(pullSteps, DeploymentBody::array),
          Changes.of(path),
          Changes.of(entrypoint),
          Changes.of(paused),
          // Only a PATCH takes a deployment out of its pool.
          unlessNull(workPoolName),
          Changes.of(workQueueName),
          Changes.of(storageDocumentId),
          Changes.of(infrastructureDocumentId),
          Changes.<ObjectNode, JsonNode>of(jobVariables, variables -> variables),
          Changes.of(concurrencyLimit),
          Changes.of(globalConcurrencyLimitId),
          Changes.<@Nullable Options, @Nullable ConcurrencyOptions>of(
              concurrencyOptions, DeploymentBody::options));
    }
  }

  /** What is to be different about a deployment. */
  @PreparedBy(PartsPreparation.class)
  record Parts(
      Patch<@Nullable String> version,
      Patch<@Nullable String> description,
      Patch<Boolean> paused,
      Patch<List<ScheduleBodies.Update>> schedules,
      @MoreThan(0) Patch<@Nullable Integer> concurrencyLimit,
      Patch<@Nullable Options> concurrencyOptions,
      Patch<@Nullable UUID> globalConcurrencyLimitId,
      Patch<@Nullable ObjectNode> parameters,
      Patch<@Nullable ObjectNode> parameterOpenapiSchema,
      Patch<List<String>> tags,
      Patch<@Nullable String> workQueueName,
      Patch<@Nullable String> workPoolName,
      Patch<@Nullable String> path,
      Patch<@Nullable ObjectNode> jobVariables,
      Patch<@Nullable List<ObjectNode>> pullSteps,
      Patch<@Nullable String> entrypoint,
      Patch<@Nullable UUID> storageDocumentId,
      Patch<@Nullable UUID> infrastructureDocumentId,
      Patch<@Nullable Boolean> enforceParameterSchema,
      @Nullable VersionInfo versionInfo) {
    DeploymentChanges changes() {
      return new DeploymentChanges(
          Changes.of(version),
          Changes.of(description),
          Changes.of(tags),
          Change.none(),
          unlessNull(parameters),
          Changes.<@Nullable ObjectNode, @Nullable JsonNode>of(
              parameterOpenapiSchema, DeploymentBody::schema),
          unlessNull(enforceParameterSchema),
          Changes.of(pullSteps, DeploymentBody::array),
          Changes.of(path),
          Changes.of(entrypoint),
          Changes.of(paused),
          Changes.of(workPoolName),
          Changes.of(workQueueName),
          Changes.of(storageDocumentId),
          Changes.of(infrastructureDocumentId),
          unlessNull(jobVariables),
          Changes.of(concurrencyLimit),
          Changes.of(globalConcurrencyLimitId),
          Changes.<@Nullable Options, @Nullable ConcurrencyOptions>of(
              concurrencyOptions, DeploymentBody::options));
    }
  }

  private static @Nullable ConcurrencyOptions options(@Nullable Options given) {
    return given == null ? null : given.options();
  }

  /** An empty schema is that of a flow without parameters. */
  private static @Nullable JsonNode schema(@Nullable ObjectNode given) {
    if (given == null || !given.isEmpty()) {
      return given;
    }
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.putObject("properties");
    return schema;
  }

  private static @Nullable JsonNode array(@Nullable List<ObjectNode> given) {
    return given == null ? null : JsonNodeFactory.instance.arrayNode().addAll(given);
  }

  /** Where null says nothing. */
  private static <W extends @Nullable Object, T extends W> Change<W> unlessNull(
      Patch<@Nullable T> patch) {
    @Nullable T value = patch.or(null);
    return value == null ? Change.none() : Change.to(value);
  }

  /** A limit of one's own and one that is shared exclude each other. */
  private static void requireOneLimit(ObjectNode given) {
    if (isSaid(given.get("concurrency_limit"))
        && isSaid(given.get("global_concurrency_limit_id"))) {
      throw new IllegalArgumentException(
          "A deployment cannot have both a concurrency limit and a global concurrency limit.");
    }
  }

  /** What Python takes for true. */
  private static boolean isSaid(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return false;
    }
    return switch (value.getNodeType()) {
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.decimalValue().signum() != 0;
      case STRING -> !value.stringValue().isEmpty();
      default -> !value.isEmpty();
    };
  }

  static final class PartsPreparation implements Preparation {
    @Override
    public void prepare(ObjectNode given) {
      requireOneLimit(given);
      given.remove(FORGOTTEN);
    }
  }

  static final class WholePreparation implements Preparation {
    @Override
    public void prepare(ObjectNode given) {
      requireOneLimit(given);
      if (isSaid(given.get(ENFORCE))) {
        requireFit(given.get(PARAMETERS), given.get(SCHEMA));
      }
      if (!given.has(PARAMETERS)) {
        given.putObject(PARAMETERS);
      }
      given.remove(FORGOTTEN);
    }

    private static void requireFit(@Nullable JsonNode parameters, @Nullable JsonNode schema) {
      if (schema == null || schema.isNull()) {
        return;
      }
      SCHEMAS
          .of(schema)
          .ifPresent(
              flaw -> {
                throw new IllegalArgumentException(
                    "The provided schema is not a valid json schema. Schema error: " + flaw);
              });
      JsonNode given = parameters == null ? JsonNodeFactory.instance.objectNode() : parameters;
      if (!given.isNull()
          && SCHEMAS.judge(LenientSchema.withoutRequired(schema), given)
              instanceof Fit.Differs differs) {
        throw new IllegalArgumentException(differs.text());
      }
    }
  }
}
