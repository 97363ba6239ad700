package io.annals.command.deployment;

import io.annals.command.concurrency.SilentLimits;
import io.annals.command.decision.Change;
import io.annals.command.deployment.FindConcurrencyLimit.LimitFacts;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The limit that a deployment has for itself, beside those that it may share with others. It comes
 * and goes with the deployment's wish for one; a shared limit is only let go of.
 */
final class OwnLimit {
  private final FindConcurrencyLimit findLimit;
  private final SilentLimits limits;

  OwnLimit(FindConcurrencyLimit findLimit, SilentLimits limits) {
    this.findLimit = findLimit;
    this.limits = limits;
  }

  /**
   * Does what changes ask for.
   *
   * @param current the limit that the deployment points to so far
   * @return the limit that it points to afterwards
   */
  @Nullable UUID after(UUID deploymentId, @Nullable UUID current, DeploymentChanges changes) {
    Optional<LimitFacts> own = own(deploymentId, current);
    UUID shared = changes.globalConcurrencyLimitId().or(null);
    if (shared != null) {
      own.filter(limit -> !limit.id().equals(shared)).ifPresent(limit -> limits.end(limit.id()));
      return shared;
    }
    if (changes.concurrencyLimit() instanceof Change.To<@Nullable Integer> to) {
      Integer slots = to.value();
      if (slots != null) {
        return resized(deploymentId, own, slots);
      }
      own.ifPresent(limit -> limits.end(limit.id()));
      return null;
    }
    if (changes.globalConcurrencyLimitId() instanceof Change.To<@Nullable UUID>) {
      own.ifPresent(limit -> limits.end(limit.id()));
      return null;
    }
    return current;
  }

  /** Deletes the limit with its deployment. */
  void end(Deployment deployment) {
    own(deployment.id(), deployment.definition().concurrencyLimitId())
        .ifPresent(limit -> limits.end(limit.id()));
  }

  private UUID resized(UUID deploymentId, Optional<LimitFacts> own, int slots) {
    own.ifPresent(limit -> limits.resize(limit.id(), slots));
    return own.map(LimitFacts::id).orElseGet(() -> limits.begin(name(deploymentId), slots));
  }

  /** A limit that somebody has deleted in the meantime is none. */
  private Optional<LimitFacts> own(UUID deploymentId, @Nullable UUID current) {
    return Optional.ofNullable(current)
        .flatMap(findLimit::byId)
        .filter(limit -> limit.name().equals(name(deploymentId)));
  }

  private static String name(UUID deploymentId) {
    return "deployment:" + deploymentId;
  }
}
