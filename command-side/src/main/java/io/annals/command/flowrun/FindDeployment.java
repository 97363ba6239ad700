package io.annals.command.flowrun;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Finds what a flow run takes over from its deployment, and says about it in its events. */
@FunctionalInterface
public interface FindDeployment {
  /** The deployment, if there is one. */
  Optional<DeploymentFacts> byId(UUID deploymentId);

  /** What flow runs know of their deployment. */
  record DeploymentFacts(UUID id, String name, List<String> tags, ObjectNode labels) {}
}
