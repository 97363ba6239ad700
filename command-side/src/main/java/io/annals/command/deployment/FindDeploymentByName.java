package io.annals.command.deployment;

import java.util.Optional;
import java.util.UUID;

/** Finds the deployment of a flow that has a name. */
@FunctionalInterface
public interface FindDeploymentByName {
  /** The deployment's id, if there is one of that name. */
  Optional<UUID> idOf(UUID flowId, String name);
}
