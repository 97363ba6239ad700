package io.annals.command.deployment;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import java.util.UUID;

/** What is said about commands that cannot be carried out, in Prefect's words. */
public final class DeploymentRefusals {
  /** The deployment is not there. */
  public static final Refusal MISSING = new Refusal(Kind.NOT_FOUND, "Deployment not found");

  /** The same, as some of Prefect's routes say it. */
  public static final Refusal MISSING_STOP = new Refusal(Kind.NOT_FOUND, "Deployment not found.");

  static final Refusal SCHEDULE_MISSING = new Refusal(Kind.NOT_FOUND, "Schedule not found.");
  static final Refusal LIMIT_MISSING = new Refusal(Kind.NOT_FOUND, "Concurrency limit not found");
  static final Refusal SLUG_TAKEN =
      new Refusal(Kind.CONFLICT, "Schedule slugs must be unique within a deployment.");
  static final Refusal SLUGS_NEEDED =
      unprocessable(
          "Please provide a slug for each schedule in your request to ensure schedules are updated"
              + " correctly.");
  static final Refusal SCHEDULE_NEEDED =
      unprocessable("Unable to create new deployment schedules without a schedule configuration.");
  static final Refusal NO_SCHEMA =
      conflict(
          "Error updating deployment: Cannot update parameters because parameter schema"
              + " enforcement is enabled and the deployment does not have a valid parameter"
              + " schema.");

  private DeploymentRefusals() {}

  static Refusal poolMissing(String workPoolName) {
    return new Refusal(Kind.NOT_FOUND, "Work pool \"" + workPoolName + "\" not found.");
  }

  static Refusal blockMissing(String role, UUID blockDocumentId) {
    return conflict(
        "Error creating deployment. Could not find %s block with id: %s. This usually occurs when applying a deployment specification that was built against a different Prefect database / workspace."
            .formatted(role, blockDocumentId));
  }

  static Refusal replacedTwice(String slug) {
    return unprocessable("Multiple schedules have 'replaces' targeting the same slug: " + slug);
  }

  static Refusal renamedToTakenSlug(String from, String to) {
    return unprocessable(
        "Cannot rename schedule from '%s' to '%s': a schedule with slug '%s' already exists."
            .formatted(from, to, to));
  }

  static Refusal unprocessable(String text) {
    return new Refusal(Kind.UNPROCESSABLE, text);
  }

  static Refusal conflict(String text) {
    return new Refusal(Kind.CONFLICT, text);
  }

  static Refusal badRequest(String text) {
    return new Refusal(Kind.BAD_REQUEST, text);
  }
}
