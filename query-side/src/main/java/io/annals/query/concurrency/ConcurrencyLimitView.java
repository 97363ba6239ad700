package io.annals.query.concurrency;

import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * A concurrency limit as the API shows it.
 *
 * @param activeSlots slots that are taken at this moment
 */
public record ConcurrencyLimitView(
    UUID id,
    Instant created,
    Instant updated,
    boolean active,
    String name,
    int limit,
    int activeSlots,
    double slotDecayPerSecond) {
  static final String COLUMNS =
      "id, created, updated, active, name, slot_limit, active_slots, slot_decay_per_second";

  static ConcurrencyLimitView read(ResultSet row, int index) throws SQLException {
    return new ConcurrencyLimitView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getBoolean(4),
        row.getString(5),
        row.getInt(6),
        row.getInt(7),
        row.getDouble(8));
  }
}
