package io.annals.query.flowrun;

import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An input of a flow run as the API shows it. */
public record FlowRunInputView(
    UUID id,
    Instant created,
    Instant updated,
    UUID flowRunId,
    String key,
    String value,
    @Nullable String sender) {
  static FlowRunInputView read(ResultSet row, int index) throws SQLException {
    return new FlowRunInputView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getObject(4, UUID.class),
        row.getString(5),
        row.getString(6),
        row.getString(7));
  }
}
