package io.annals.query.deployment;

import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** When somebody last asked for the runs of each deployment. Telemetry: written in place. */
public final class DeploymentPolls {
  /** In the order of their ids, so that two pollers never wait for each other crosswise. */
  private static final String RECORD =
      """
      WITH polled AS (
          SELECT id, status FROM deployment
          WHERE id = ANY (?) OR work_queue_id = ANY (?) ORDER BY id),
      noted AS (
          INSERT INTO deployment_poll (deployment_id, last_polled)
          SELECT id, ? FROM polled ORDER BY id
          ON CONFLICT (deployment_id) DO UPDATE SET last_polled =
              greatest(deployment_poll.last_polled, excluded.last_polled))
      SELECT id FROM polled WHERE status <> 'READY' ORDER BY id
      """;

  private static final String SILENT =
      """
      SELECT deployment.id FROM deployment
      LEFT JOIN deployment_poll ON deployment_poll.deployment_id = deployment.id
      LEFT JOIN work_queue_poll
          ON work_queue_poll.work_queue_id = deployment.work_queue_id
      WHERE deployment.status = 'READY'
          AND (deployment_poll.last_polled IS NULL OR deployment_poll.last_polled < ?)
          AND (work_queue_poll.last_polled IS NULL OR work_queue_poll.last_polled < ?)
      ORDER BY deployment.id LIMIT ?
      """;

  private final JdbcTemplate jdbc;

  /** Writes to and reads from one database. */
  public DeploymentPolls(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /**
   * Notes that somebody asked for the runs of deployments, or of all that use the given queues.
   *
   * @return those of them that are not ready yet
   */
  public List<UUID> record(
      Collection<UUID> deploymentIds, Collection<UUID> workQueueIds, Instant at) {
    return jdbc.query(
        RECORD,
        statement -> {
          Connection connection = statement.getConnection();
          statement.setArray(1, connection.createArrayOf("uuid", deploymentIds.toArray()));
          statement.setArray(2, connection.createArrayOf("uuid", workQueueIds.toArray()));
          statement.setObject(3, at.atOffset(ZoneOffset.UTC));
        },
        (row, index) -> row.getObject(1, UUID.class));
  }

  /** Ready deployments that nobody has asked for the runs of since a moment, a bounded number. */
  public List<UUID> silentSince(Instant horizon, int limit) {
    OffsetDateTime bound = horizon.atOffset(ZoneOffset.UTC);
    return jdbc.query(SILENT, (row, index) -> row.getObject(1, UUID.class), bound, bound, limit);
  }
}
