package io.annals.query.deployment;

import io.annals.query.sql.Where;
import org.jspecify.annotations.Nullable;

/**
 * Which deployments a request speaks of.
 *
 * @param related conditions on what belongs to a deployment, already joined to it; null for none
 */
public record DeploymentSelection(@Nullable DeploymentFilter deployments, @Nullable Where related) {
  /** A selection of deployments alone. */
  public static DeploymentSelection of(@Nullable DeploymentFilter deployments) {
    return new DeploymentSelection(deployments, null);
  }

  /** These conditions on the columns of table {@code deployment}. */
  Where where() {
    Where where = Where.all();
    if (deployments != null) {
      where.and(deployments.where());
    }
    return where.and(related);
  }
}
