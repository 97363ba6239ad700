package io.annals.command.workpool;

import java.util.Optional;
import java.util.UUID;

/** Finds the work pool that has a name. */
@FunctionalInterface
public interface FindWorkPoolByName {
  /** The pool's id, if there is one of that name. */
  Optional<UUID> idOf(String name);
}
