package io.annals.command.savedsearch;

import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.entity.EntityFixture;
import io.annals.command.savedsearch.SavedSearchCommand.DeleteSavedSearch;
import io.annals.command.savedsearch.SavedSearchCommand.SaveSearch;
import io.annals.events.savedsearch.SavedSearchEvent;
import io.annals.events.savedsearch.SavedSearchEvent.SavedSearchCreated;
import io.annals.events.savedsearch.SavedSearchEvent.SavedSearchDeleted;
import io.annals.events.savedsearch.SavedSearchEvent.SavedSearchReplaced;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class SavedSearchHandlerTest {
  private static final UUID ID = new UUID(1, 1);
  private static final UUID NEW = EntityFixture.newId();
  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();
  private static final JsonNode ONE = JsonNodeFactory.instance.arrayNode().add("one");
  private static final SavedSearchCreated LATE = new SavedSearchCreated(ID, "late", NONE);

  private final EntityFixture<SavedSearch, SavedSearchEvent> searches =
      new EntityFixture<>(SavedSearch.KIND, SavedSearchHandler.MISSING);
  private final Map<String, UUID> names = new HashMap<>();

  SavedSearchHandlerTest() {
    searches.handledBy(
        entities ->
            new SavedSearchHandler(
                entities,
                name -> Optional.ofNullable(names.get(name)),
                new KeyedLocks(),
                searches.ids()));
  }

  @Test
  void a_search_is_saved_under_a_free_name() {
    searches
        .given()
        .when(new SaveSearch("late", ONE))
        .expectEvents(new SavedSearchCreated(NEW, "late", ONE))
        .expectResultMessagePayload(new Created(NEW, true));
  }

  @Test
  void a_search_of_the_same_name_takes_its_place() {
    names.put("late", ID);
    searches
        .given(LATE)
        .when(new SaveSearch("late", ONE))
        .expectEvents(new SavedSearchReplaced(ID, ONE))
        .expectResultMessagePayload(new Created(ID, false));
  }

  @Test
  void a_search_is_deleted_once() {
    searches.given(LATE).when(new DeleteSavedSearch(ID)).expectEvents(new SavedSearchDeleted(ID));
    searches
        .given(LATE, new SavedSearchDeleted(ID))
        .when(new DeleteSavedSearch(ID))
        .expectExceptionMessage("Saved search not found");
  }
}
