package io.annals.command.savedsearch;

import java.util.Optional;
import java.util.UUID;

/** Finds the saved search that has a name. */
@FunctionalInterface
public interface FindSavedSearchByName {
  /** The saved search's id, if there is one of that name. */
  Optional<UUID> idOf(String name);
}
