package io.annals.query.deployment;

import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;

/** A work queue with its pool, as far as deployments need them. */
public record PlaceView(
    UUID queueId,
    String queueName,
    UUID poolId,
    String poolName,
    String poolType,
    RawJson baseJobTemplate) {
  static PlaceView read(ResultSet row, int index) throws SQLException {
    return new PlaceView(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getObject(3, UUID.class),
        row.getString(4),
        row.getString(5),
        Objects.requireNonNull(Reading.json(row, 6)));
  }
}
