package io.annals.events.savedsearch;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.StoredAs;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What happens to a saved search. */
public sealed interface SavedSearchEvent extends DomainEvent {
  /** The saved search concerned. */
  UUID savedSearchId();

  /** A search was saved under a name that was free. */
  @StoredAs("saved-search.created")
  record SavedSearchCreated(UUID savedSearchId, String name, JsonNode filters)
      implements SavedSearchEvent {}

  /** The filters of a saved search were replaced. */
  @StoredAs("saved-search.replaced")
  record SavedSearchReplaced(UUID savedSearchId, JsonNode filters) implements SavedSearchEvent {}

  /** A saved search is gone; its name is free again. */
  @StoredAs("saved-search.deleted")
  record SavedSearchDeleted(UUID savedSearchId) implements SavedSearchEvent {}
}
