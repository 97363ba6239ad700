package io.annals.query.savedsearch;

import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** A saved search as the API shows it. */
public record SavedSearchView(
    UUID id, Instant created, Instant updated, String name, RawJson filters) {
  static final String COLUMNS = "id, created, updated, name, filters";

  static SavedSearchView read(ResultSet row, int index) throws SQLException {
    return new SavedSearchView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getString(4),
        Objects.requireNonNull(Reading.json(row, 5)));
  }
}
