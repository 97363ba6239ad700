package io.annals.command.concurrency;

import java.util.Optional;
import java.util.UUID;

/** Finds the concurrency limit that has a name. */
@FunctionalInterface
public interface FindConcurrencyLimitByName {
  /** The limit's id, if there is one of that name. */
  Optional<UUID> idOf(String name);
}
