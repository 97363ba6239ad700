package io.annals.command.deployment;

import java.util.Optional;
import java.util.UUID;

/** Finds a concurrency limit. */
@FunctionalInterface
public interface FindConcurrencyLimit {
  /** The limit, if there is one. */
  Optional<LimitFacts> byId(UUID limitId);

  /** What deployments have to know of a limit. */
  record LimitFacts(UUID id, String name, int limit) {}
}
