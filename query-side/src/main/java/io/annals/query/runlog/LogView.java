package io.annals.query.runlog;

import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A log line as the API shows it. */
public record LogView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    int level,
    String message,
    Instant timestamp,
    @Nullable UUID flowRunId,
    @Nullable UUID taskRunId) {
  static final String COLUMNS =
      "log.id, log.created, log.name, log.level, log.message, log.timestamp, log.flow_run_id,"
          + " log.task_run_id";

  static LogView read(ResultSet row, int index) throws SQLException {
    Instant created = Reading.moment(row, 2);
    return new LogView(
        row.getObject(1, UUID.class),
        created,
        created,
        row.getString(3),
        row.getInt(4),
        row.getString(5),
        Reading.moment(row, 6),
        Reading.id(row, 7),
        Reading.id(row, 8));
  }
}
