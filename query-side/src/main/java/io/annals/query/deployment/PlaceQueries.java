package io.annals.query.deployment;

import io.annals.query.sql.Database;
import io.annals.query.sql.RawJson;
import io.annals.query.sql.Reading;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Reads where runs of deployments may wait for workers. */
public final class PlaceQueries {
  private static final String PLACES =
      """
      SELECT work_queue.id, work_queue.name, work_pool.id, work_pool.name, work_pool.type,
             work_pool.base_job_template
      FROM work_queue JOIN work_pool ON work_pool.id = work_queue.work_pool_id
      WHERE %s\
      """;

  private static final String POOLS =
      "SELECT id, name, type, base_job_template, default_queue_id FROM work_pool WHERE %s";

  private static final String OF_DEPLOYMENT =
      """
      work_queue.id = (SELECT deployment.work_queue_id FROM deployment WHERE deployment.id = ?)\
      """;

  /** Queues of old agents choose runs by tags and deployments; those without a filter by name. */
  private static final String MATCHING =
      "SELECT "
          + MatchingQueueView.COLUMNS
          + """
          FROM work_queue
          JOIN deployment ON
              (to_jsonb(deployment.tags) @> (work_queue.filter::jsonb -> 'tags')
                  OR 'null'::jsonb @> (work_queue.filter::jsonb -> 'tags'))
              AND (work_queue.filter::jsonb -> 'deployment_ids' @> to_jsonb(deployment.id::text)
                  OR work_queue.filter::jsonb -> 'deployment_ids' IN ('null', '[]'))
          LEFT JOIN work_queue_poll ON work_queue_poll.work_queue_id = work_queue.id
          WHERE %s\
          """;

  private final Database database;

  /** Reads from one database. */
  public PlaceQueries(Database database) {
    this.database = database;
  }

  /** A work pool. */
  public record PoolView(
      UUID id, String name, String type, RawJson baseJobTemplate, UUID defaultQueueId) {}

  /** A queue with its pool. */
  public Optional<PlaceView> byQueue(UUID workQueueId) {
    return place(Where.all().and("work_queue.id = ?", workQueueId));
  }

  /** A queue with its pool, by both names. */
  public Optional<PlaceView> byNames(String workPoolName, String workQueueName) {
    return place(
        Where.all()
            .and("work_pool.name = ?", workPoolName)
            .and("work_queue.name = ?", workQueueName));
  }

  /** Where the runs of a deployment wait. */
  public Optional<PlaceView> ofDeployment(UUID deploymentId) {
    return place(Where.all().and(OF_DEPLOYMENT, deploymentId));
  }

  /** Queues of old agents that would take the runs of a deployment. */
  public List<MatchingQueueView> matching(UUID deploymentId) {
    return database.list(
        MATCHING, Where.all().and("deployment.id = ?", deploymentId), MatchingQueueView::read);
  }

  private Optional<PlaceView> place(Where where) {
    return database.lookup(PLACES, where, PlaceView::read);
  }

  /** A pool by its name. */
  public Optional<PoolView> pool(String name) {
    return database.lookup(
        POOLS,
        Where.all().and("name = ?", name),
        (row, index) ->
            new PoolView(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                Objects.requireNonNull(Reading.json(row, 4)),
                row.getObject(5, UUID.class)));
  }
}
