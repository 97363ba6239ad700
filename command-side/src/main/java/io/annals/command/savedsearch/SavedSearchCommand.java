package io.annals.command.savedsearch;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What may be asked of saved searches. */
public sealed interface SavedSearchCommand {
  /** Save a search under a name, in place of the one that has it. Answers {@code Created}. */
  record SaveSearch(String name, JsonNode filters) implements SavedSearchCommand {}

  /** Delete a saved search. No answer. */
  record DeleteSavedSearch(UUID savedSearchId) implements SavedSearchCommand {}
}
