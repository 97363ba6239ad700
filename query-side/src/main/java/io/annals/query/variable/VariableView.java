package io.annals.query.variable;

import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A variable as the API shows it. */
public record VariableView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    @Nullable RawJson value,
    List<String> tags) {
  static final String COLUMNS = "id, created, updated, name, value, tags";

  static VariableView read(ResultSet row, int index) throws SQLException {
    return new VariableView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getString(4),
        Reading.json(row, 5),
        Reading.texts(row, 6));
  }
}
