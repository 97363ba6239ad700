package io.annals.query.flow;

import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A flow as the API shows it. */
public record FlowView(
    UUID id, Instant created, Instant updated, String name, List<String> tags, RawJson labels) {
  static final String COLUMNS =
      "flow.id, flow.created, flow.updated, flow.name, flow.tags, flow.labels";

  static FlowView read(ResultSet row, int index) throws SQLException {
    return new FlowView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getString(4),
        Reading.texts(row, 5),
        Objects.requireNonNull(Reading.json(row, 6)));
  }
}
