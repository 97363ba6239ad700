package io.annals.command.variable;

import java.util.Optional;
import java.util.UUID;

/** Finds the variable that has a name. */
@FunctionalInterface
public interface FindVariableByName {
  /** The variable's id, if there is one of that name. */
  Optional<UUID> idOf(String name);
}
