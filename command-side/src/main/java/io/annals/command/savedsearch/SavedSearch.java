package io.annals.command.savedsearch;

import io.annals.command.entity.EntityKind;
import io.annals.events.savedsearch.SavedSearchEvent;
import io.annals.events.savedsearch.SavedSearchEvent.SavedSearchDeleted;
import java.util.UUID;

/** A saved search, of which no decision needs to know more than that it is there. */
public record SavedSearch(UUID id) {
  /** Saved searches as entities. Prefect's event stream does not speak of them. */
  public static final EntityKind<SavedSearch, SavedSearchEvent> KIND =
      new EntityKind<>(
          "savedsearch",
          SavedSearchEvent.class,
          SavedSearchEvent::savedSearchId,
          (search, event) ->
              event instanceof SavedSearchDeleted ? null : new SavedSearch(event.savedSearchId()),
          EntityKind.unseen());
}
