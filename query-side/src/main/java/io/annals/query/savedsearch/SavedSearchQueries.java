package io.annals.query.savedsearch;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads saved searches. */
public final class SavedSearchQueries {
  private static final String SEARCHES =
      "SELECT " + SavedSearchView.COLUMNS + " FROM saved_search WHERE %s";

  private final Database database;

  /** Reads from one database. */
  public SavedSearchQueries(Database database) {
    this.database = database;
  }

  /** One saved search. */
  public Optional<SavedSearchView> byId(UUID id) {
    return database.lookup(SEARCHES, Where.all().and("id = ?", id), SavedSearchView::read);
  }

  /** The saved search of a name. */
  public Optional<SavedSearchView> byName(String name) {
    return database.lookup(SEARCHES, Where.all().and("name = ?", name), SavedSearchView::read);
  }

  /** One page of saved searches, by name. */
  public List<SavedSearchView> page(int limit, long offset) {
    return database.page(SEARCHES, Where.all(), "name", limit, offset, SavedSearchView::read);
  }
}
