package io.annals.query.workpool;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When workers last asked for the runs of queues, and with them of the deployments that use those.
 * That is telemetry: written in place, and nothing is decided from its history.
 */
public final class QueuePolls {
  /** In the order of their ids, so that two writers never wait for each other crosswise. */
  private static final String RECORD =
      """
      INSERT INTO work_queue_poll (work_queue_id, last_polled)
      SELECT work_queue.id, ? FROM work_queue WHERE work_queue.id = ANY (?) ORDER BY work_queue.id
      ON CONFLICT (work_queue_id) DO UPDATE
          SET last_polled = greatest(work_queue_poll.last_polled, excluded.last_polled)
      """;

  private static final String RECORD_FOR_DEPLOYMENTS =
      """
      INSERT INTO deployment_poll (deployment_id, last_polled)
      SELECT deployment.id, ? FROM deployment
      WHERE deployment.work_queue_id = ANY (?) ORDER BY deployment.id
      ON CONFLICT (deployment_id) DO UPDATE
          SET last_polled = greatest(deployment_poll.last_polled, excluded.last_polled)
      """;

  private static final String SET =
      """
      INSERT INTO work_queue_poll (work_queue_id, last_polled) VALUES (:queue, :at)
      ON CONFLICT (work_queue_id) DO UPDATE SET last_polled = excluded.last_polled
      """;

  private static final String CLEAR = "DELETE FROM work_queue_poll WHERE work_queue_id = :queue";

  private static final String LAST =
      "SELECT last_polled FROM work_queue_poll WHERE work_queue_id = :queue";

  private static final String ABANDONED =
      """
      SELECT work_queue.work_pool_id, work_queue.id FROM work_queue
      JOIN work_queue_poll ON work_queue_poll.work_queue_id = work_queue.id
      WHERE work_queue.status = 'READY' AND work_queue_poll.last_polled < :horizon
      ORDER BY work_queue_poll.last_polled
      """;

  private static final String FORGET =
      """
      DELETE FROM work_queue_poll
      WHERE NOT EXISTS (SELECT 1 FROM work_queue WHERE id = work_queue_id)
      """;

  private final DataSource lookups;
  private final JdbcClient jdbc;

  /** Reads and writes through connections that keep one plan for each statement. */
  public QueuePolls(DataSource lookups) {
    this.lookups = lookups;
    this.jdbc = JdbcClient.create(lookups);
  }

  /** A queue of a pool. */
  public record PolledQueue(UUID workPoolId, UUID workQueueId) {}

  /** Somebody asked for the runs of these queues. */
  public void record(Collection<UUID> workQueueIds, Instant at) throws SQLException {
    try (Connection connection = lookups.getConnection()) {
      Array ids = connection.createArrayOf("uuid", workQueueIds.toArray());
      for (String sql : List.of(RECORD, RECORD_FOR_DEPLOYMENTS)) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setObject(1, at.atOffset(ZoneOffset.UTC));
          statement.setArray(2, ids);
          statement.executeUpdate();
        }
      }
    }
  }

  /** A client says itself when a queue was last asked; null for never. */
  public void set(UUID workQueueId, @Nullable Instant at) {
    if (at == null) {
      jdbc.sql(CLEAR).param("queue", workQueueId).update();
    } else {
      jdbc.sql(SET).param("queue", workQueueId).param("at", at.atOffset(ZoneOffset.UTC)).update();
    }
  }

  /** When somebody last asked for the runs of a queue. */
  public Optional<Instant> lastOf(UUID workQueueId) {
    return jdbc.sql(LAST)
        .param("queue", workQueueId)
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  /** Ready queues that nobody has asked since. */
  public List<PolledQueue> abandonedSince(Instant horizon) {
    return jdbc.sql(ABANDONED)
        .param("horizon", horizon.atOffset(ZoneOffset.UTC))
        .query(
            (row, index) ->
                new PolledQueue(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
        .list();
  }

  /** Forgets about queues that are gone; answers how many there were. */
  public int forgetThoseOfDeletedQueues() {
    return jdbc.sql(FORGET).update();
  }
}
