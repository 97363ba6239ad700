package io.annals.command.flow;

import java.util.Optional;
import java.util.UUID;

/** Finds the flow that has a name. */
@FunctionalInterface
public interface FindFlowByName {
  /** The flow's id, if there is one of that name. */
  Optional<UUID> idOf(String name);
}
