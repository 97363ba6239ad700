package io.annals.command.savedsearch;

import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.entity.Entities;
import io.annals.command.savedsearch.SavedSearchCommand.DeleteSavedSearch;
import io.annals.command.savedsearch.SavedSearchCommand.SaveSearch;
import io.annals.events.savedsearch.SavedSearchEvent;
import io.annals.events.savedsearch.SavedSearchEvent.SavedSearchCreated;
import io.annals.events.savedsearch.SavedSearchEvent.SavedSearchDeleted;
import io.annals.events.savedsearch.SavedSearchEvent.SavedSearchReplaced;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;

/** Takes commands about saved searches and decides. */
public final class SavedSearchHandler {
  /** How commands about saved searches that are not there are refused. */
  public static final Refusal MISSING = new Refusal(Kind.NOT_FOUND, "Saved search not found");

  private final Entities<SavedSearch, SavedSearchEvent> searches;
  private final FindSavedSearchByName findByName;
  private final KeyedLocks locks;
  private final Supplier<UUID> ids;

  /**
   * A handler of all commands about saved searches.
   *
   * @param ids makes ids that were never made before
   */
  public SavedSearchHandler(
      Entities<SavedSearch, SavedSearchEvent> searches,
      FindSavedSearchByName findByName,
      KeyedLocks locks,
      Supplier<UUID> ids) {
    this.searches = searches;
    this.findByName = findByName;
    this.locks = locks;
    this.ids = ids;
  }

  /** Saves a search, in place of the one of that name. */
  @CommandHandler
  public Created handle(SaveSearch command) {
    locks.holdUntilFinished(SavedSearch.class, command.name());
    Optional<UUID> existing = findByName.idOf(command.name());
    if (existing.isPresent()) {
      UUID id = existing.get();
      searches.change(id, search -> List.of(new SavedSearchReplaced(id, command.filters())));
      return new Created(id, false);
    }
    UUID id = ids.get();
    searches.begin(new SavedSearchCreated(id, command.name(), command.filters()));
    return new Created(id, true);
  }

  /** Deletes a saved search. */
  @CommandHandler
  public void handle(DeleteSavedSearch command) {
    searches.change(
        command.savedSearchId(), search -> List.of(new SavedSearchDeleted(search.id())));
  }
}
