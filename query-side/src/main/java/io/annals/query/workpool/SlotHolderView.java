package io.annals.query.workpool;

import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A flow run that is under way, as the concurrency status of a pool or queue shows it.
 *
 * @param timeInCurrentState in seconds
 */
public record SlotHolderView(
    UUID id,
    String name,
    @Nullable String stateType,
    @Nullable String stateName,
    @Nullable Instant startTime,
    @Nullable Instant stateTimestamp,
    @Nullable Double timeInCurrentState) {
  static final String COLUMNS = "id, name, state_type, state_name, start_time, state_timestamp";

  private static final double NANOS_PER_SECOND = 1e9;

  static SlotHolderView read(ResultSet row, Instant now) throws SQLException {
    Instant since = Reading.instant(row, 6);
    return new SlotHolderView(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Reading.instant(row, 5),
        since,
        since == null ? null : seconds(Duration.between(since, now)));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS_PER_SECOND;
  }
}
