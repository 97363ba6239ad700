package io.annals.query.workpool;

import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A worker as the API shows it. */
public record WorkerView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    UUID workPoolId,
    Instant lastHeartbeatTime,
    @Nullable Integer heartbeatIntervalSeconds,
    WorkerStatus status) {
  static final String COLUMNS =
      "id, created, updated, name, work_pool_id, last_heartbeat_time, heartbeat_interval_seconds,"
          + " status";

  static WorkerView read(ResultSet row, int index) throws SQLException {
    return new WorkerView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getString(4),
        row.getObject(5, UUID.class),
        Reading.moment(row, 6),
        row.getObject(7, Integer.class),
        WorkerStatus.valueOf(row.getString(8)));
  }
}
