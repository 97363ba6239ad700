package io.annals.command.deployment;

import io.annals.command.decision.Refusal;
import io.annals.command.deployment.RunDeployment.Wording;
import io.annals.command.schema.JudgeJson.Fit;
import java.util.UUID;

/** What is said about runs that are not created, in Prefect's words. */
final class RunRefusals {
  private final boolean one;

  RunRefusals(Wording wording) {
    this.one = wording == Wording.OF_ONE;
  }

  Refusal notHydrated(String why) {
    return DeploymentRefusals.badRequest(one ? "Error hydrating flow run parameters: " + why : why);
  }

  Refusal noSchema() {
    return one
        ? DeploymentRefusals.NO_SCHEMA
        : DeploymentRefusals.conflict(
            "Parameter schema enforcement is enabled but deployment has no valid schema.");
  }

  Refusal parameters(Fit.Differs differs) {
    return DeploymentRefusals.conflict(
        (one ? "Error creating flow run: " : "Parameter validation failed: ") + differs.text());
  }

  Refusal endlessSchema() {
    return DeploymentRefusals.unprocessable(
        one ? Fit.EndlessSchema.TEXT : "Invalid schema: circular references detected.");
  }

  Refusal jobVariables(String problem) {
    return DeploymentRefusals.unprocessable("Error creating flow run: " + problem);
  }

  Refusal noPool(UUID deploymentId, String workQueueName) {
    return DeploymentRefusals.badRequest(
        one
            ? "Cannot create flow run in work queue %s because deployment %s is not associated with a work pool. Please remove work_pool_name and try again."
                .formatted(workQueueName, deploymentId)
            : "Cannot create flow run in work queue %s because deployment is not associated with a work pool."
                .formatted(workQueueName));
  }
}
