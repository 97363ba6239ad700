package io.annals.query.deployment;

import io.annals.query.sql.Database;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what a scheduler has to look at, and what it has planned before. */
public final class PlanningQueries {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  /** Each schedule by itself: another one of the deployment may be planned far ahead. */
  private static final String DUE =
      """
      SELECT deployment.id FROM deployment
      WHERE NOT deployment.paused AND deployment.id > ?
        AND EXISTS (
          SELECT 1 FROM deployment_schedule
          CROSS JOIN LATERAL (
            SELECT count(*) AS runs, max(next_scheduled_start_time) AS last FROM flow_run
            WHERE flow_run.deployment_id = deployment_schedule.deployment_id
              AND flow_run.state_type = 'SCHEDULED'
              AND flow_run.next_scheduled_start_time >= ?
              AND flow_run.auto_scheduled
              AND flow_run.created_by ->> 'id' = deployment_schedule.id::text) planned
          WHERE deployment_schedule.deployment_id = deployment.id
            AND deployment_schedule.active
            AND (planned.runs < ? OR planned.last < ?))
      ORDER BY deployment.id LIMIT ?\
      """;

  private static final String CHANGED =
      """
      SELECT deployment.id FROM deployment
      WHERE NOT deployment.paused AND deployment.id > ? AND deployment.updated >= ?
        AND EXISTS (
          SELECT 1 FROM deployment_schedule
          WHERE deployment_schedule.deployment_id = deployment.id AND deployment_schedule.active)
      ORDER BY deployment.id LIMIT ?\
      """;

  private static final String TAKEN =
      "SELECT idempotency_key FROM flow_run WHERE flow_id = ? AND idempotency_key = ANY (?)";

  private final Database database;

  /** Reads from one database. */
  public PlanningQueries(Database database) {
    this.database = database;
  }

  /**
   * Deployments that are not paused and have an active schedule with too few runs ahead, or none
   * far enough ahead; in the order of their ids.
   *
   * @param enough a schedule with a run at or after this is planned far enough
   * @param after only ids greater than this; null to begin
   */
  public List<UUID> due(Instant now, int minRuns, Instant enough, @Nullable UUID after, int limit) {
    return database
        .jdbc()
        .queryForList(
            DUE,
            UUID.class,
            after == null ? BEFORE_ALL : after,
            Timestamp.from(now),
            minRuns,
            Timestamp.from(enough),
            limit);
  }

  /** Deployments with active schedules that changed since a moment. */
  public List<UUID> changed(Instant since, @Nullable UUID after, int limit) {
    return database
        .jdbc()
        .queryForList(
            CHANGED, UUID.class, after == null ? BEFORE_ALL : after, Timestamp.from(since), limit);
  }

  /** Those idempotency keys of a flow that stand for runs already. */
  public Set<String> takenKeys(UUID flowId, List<String> keys) {
    return new HashSet<>(
        database.jdbc().queryForList(TAKEN, String.class, flowId, keys.toArray(String[]::new)));
  }
}
