package io.annals.app.http;

import io.annals.command.decision.Created;
import io.annals.command.savedsearch.SavedSearchCommand.DeleteSavedSearch;
import io.annals.command.savedsearch.SavedSearchCommand.SaveSearch;
import io.annals.command.savedsearch.SavedSearchHandler;
import io.annals.query.request.AtLeast;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.request.WireJson;
import io.annals.query.savedsearch.SavedSearchQueries;
import io.annals.query.savedsearch.SavedSearchView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Every route of Prefect's group SavedSearches. */
@RestController
class SavedSearchRoutes {
  private final Commands commands;
  private final SavedSearchQueries searches;
  private final PageLimits limits;

  SavedSearchRoutes(Commands commands, SavedSearchQueries searches, PageLimits limits) {
    this.commands = commands;
    this.searches = searches;
    this.limits = limits;
  }

  /** One condition of a saved search. */
  @IgnoresUnknownKeys
  record SavedFilter(
      String object, String property, String type, String operation, JsonNode value) {}

  record NewSearch(String name, @Default("[]") List<SavedFilter> filters) {}

  @PutMapping("/saved_searches/")
  ResponseEntity<SavedSearchView> save(@Body NewSearch body) {
    JsonNode filters = WireJson.MAPPER.valueToTree(body.filters());
    Created created = commands.ask(new SaveSearch(body.name(), filters), Created.class);
    return ResponseEntity.status(created.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(read(created.id()));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record SearchList(@Nullable Integer limit, @Default("0") @AtLeast(0) int offset) {}

  @PostMapping("/saved_searches/filter")
  List<SavedSearchView> filter(@Body SearchList body) {
    return searches.page(limits.checked(body.limit()), body.offset());
  }

  @GetMapping("/saved_searches/{id}")
  SavedSearchView read(@PathVariable UUID id) {
    return searches.byId(id).orElseThrow(SavedSearchHandler.MISSING::asException);
  }

  @DeleteMapping("/saved_searches/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    commands.tell(new DeleteSavedSearch(id));
  }
}
