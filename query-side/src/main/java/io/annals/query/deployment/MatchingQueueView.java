package io.annals.query.deployment;

import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A work queue of old agents that would take the runs of a deployment. */
public record MatchingQueueView(
    UUID id,
    Instant created,
    Instant updated,
    String name,
    @Nullable String description,
    boolean isPaused,
    @Nullable Integer concurrencyLimit,
    int priority,
    UUID workPoolId,
    RawJson filter,
    @Nullable Instant lastPolled) {
  static final String COLUMNS =
      """
      work_queue.id, work_queue.created, work_queue.updated, work_queue.name,
      work_queue.description, work_queue.is_paused, work_queue.concurrency_limit,
      work_queue.priority, work_queue.work_pool_id, work_queue.filter, work_queue_poll.last_polled
      """;

  static MatchingQueueView read(ResultSet row, int index) throws SQLException {
    return new MatchingQueueView(
        row.getObject(1, UUID.class),
        Reading.moment(row, 2),
        Reading.moment(row, 3),
        row.getString(4),
        row.getString(5),
        row.getBoolean(6),
        row.getObject(7, Integer.class),
        row.getInt(8),
        row.getObject(9, UUID.class),
        new RawJson(row.getString(10)),
        Reading.instant(row, 11));
  }
}
