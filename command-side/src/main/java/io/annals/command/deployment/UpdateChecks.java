package io.annals.command.deployment;

import io.annals.command.decision.Change;
import io.annals.command.deployment.FindWorkPlace.Pool;
import io.annals.command.parameter.HydrationException;
import io.annals.command.schema.JudgeJson.Fit;
import io.annals.command.schema.LenientSchema;
import io.annals.command.schema.PythonText;
import io.annals.events.deployment.DeploymentDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an update has to be before a deployment takes it over. */
final class UpdateChecks {
  private final DeploymentPorts ports;

  UpdateChecks(DeploymentPorts ports) {
    this.ports = ports;
  }

  /** Job variables that come with a work pool have to be such as that pool asks for. */
  void requireJobVariables(@Nullable Pool pool, DeploymentChanges changes) {
    if (pool == null
        || !(changes.jobVariables() instanceof Change.To<JsonNode>(JsonNode variables))
        || !(pool.baseJobTemplate().get("variables") instanceof ObjectNode schema)) {
      return;
    }
    JsonNode lenient = LenientSchema.withoutRequired(LenientSchema.of(schema, false));
    switch (ports.judgeJson().judge(lenient, variables)) {
      case Fit.Fits ignored -> {}
      case Fit.Differs differs ->
          throw DeploymentRefusals.conflict(
                  "Error creating deployment: <ValidationError: "
                      + PythonText.quoted(differs.reason())
                      + ">")
              .asException();
      case Fit.EndlessSchema ignored ->
          throw DeploymentRefusals.unprocessable(Fit.EndlessSchema.TEXT).asException();
    }
  }

  /**
   * The parameters afterwards.
   *
   * @throws io.annals.command.decision.RefusedException when they do not become anything, or do not
   *     fit the schema although it is enforced
   */
  JsonNode parameters(DeploymentDefinition before, DeploymentChanges changes) {
    JsonNode parameters =
        changes.parameters() instanceof Change.To<ObjectNode>(ObjectNode given)
            ? hydrated(given)
            : before.parameters();
    if (changes.enforceParameterSchema().or(before.enforceParameterSchema())) {
      JsonNode given = changes.parameterOpenapiSchema().or(null);
      JsonNode schema = given == null || given.isEmpty() ? before.parameterOpenapiSchema() : given;
      if (!(schema instanceof ObjectNode)) {
        throw DeploymentRefusals.NO_SCHEMA.asException();
      }
      requireFit(schema, parameters);
    }
    return parameters;
  }

  private JsonNode hydrated(ObjectNode given) {
    try {
      return ports.hydration().of(given);
    } catch (HydrationException failed) {
      throw DeploymentRefusals.badRequest(
              "Error hydrating deployment parameters: " + failed.getMessage())
          .asException();
    }
  }

  private void requireFit(JsonNode schema, JsonNode parameters) {
    JsonNode lenient = LenientSchema.withoutRequired(LenientSchema.of(schema, false));
    switch (ports.judgeJson().judge(lenient, parameters)) {
      case Fit.Fits ignored -> {}
      case Fit.Differs differs ->
          throw DeploymentRefusals.conflict("Error updating deployment: " + differs.text())
              .asException();
      case Fit.EndlessSchema ignored ->
          throw DeploymentRefusals.unprocessable(Fit.EndlessSchema.TEXT).asException();
    }
  }
}
