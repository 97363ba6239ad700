package io.annals.query.taskworker;

import io.annals.query.sql.Reading;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The task workers that are connected, whatever node they are connected to. */
public final class TaskWorkers {
  /** Silence after which a worker counts as gone: the node that saw it has died. */
  public static final Duration GONE_AFTER = Duration.ofSeconds(15);

  /** Silence after which nothing is kept of it. */
  static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  /** Workers that are listed at most; Prefect has no limit. */
  static final int MAX_LISTED = 10_000;

  private static final String CONNECT =
      """
      INSERT INTO task_worker (connection_id, client_id, task_keys, seen)
      VALUES (:connection, :client, :keys::text[], clock_timestamp())
      """;

  private static final String SEE =
      "UPDATE task_worker SET seen = clock_timestamp() WHERE connection_id = ANY (:connections::uuid[])";

  private static final String DISCONNECT =
      "DELETE FROM task_worker WHERE connection_id = ANY (:connections::uuid[])";

  private static final String FORGET =
      "DELETE FROM task_worker"
          + " WHERE seen < clock_timestamp() - make_interval(secs => :forgotten)";

  /** One client may be connected more than once. */
  private static final String CONNECTED =
      """
      WITH connected AS (
        SELECT client_id, task_keys, seen FROM task_worker
        WHERE seen > clock_timestamp() - make_interval(secs => :gone))
      SELECT client_id, array_agg(DISTINCT task_key ORDER BY task_key), max(seen)
      FROM connected CROSS JOIN unnest(task_keys) AS task_key
      WHERE cardinality(:keys::text[]) = 0
          OR client_id IN (SELECT client_id FROM connected WHERE task_keys && :keys::text[])
      GROUP BY client_id ORDER BY client_id LIMIT :limit
      """;

  private final JdbcClient jdbc;

  /** Keeps workers in one database. */
  public TaskWorkers(DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  /** A worker has subscribed. */
  public void connect(UUID connectionId, String clientId, List<String> taskKeys) {
    jdbc.sql(CONNECT)
        .param("connection", connectionId)
        .param("client", clientId)
        .param("keys", taskKeys.toArray(String[]::new))
        .update();
  }

  /** The connections are still there. */
  public void see(Collection<UUID> connectionIds) {
    run(SEE, connectionIds);
  }

  /** The connections are gone. */
  public void disconnect(Collection<UUID> connectionIds) {
    run(DISCONNECT, connectionIds);
  }

  private void run(String sql, Collection<UUID> connectionIds) {
    jdbc.sql(sql)
        .param("connections", connectionIds.stream().map(UUID::toString).toArray(String[]::new))
        .update();
  }

  /** Forgets the workers of nodes that died long ago. */
  public void forgetGone() {
    jdbc.sql(FORGET).param("forgotten", FORGOTTEN_AFTER.toSeconds()).update();
  }

  /**
   * The workers that are connected and serve any of the tasks.
   *
   * @param taskKeys all workers when it is empty
   */
  public List<TaskWorkerView> connected(List<String> taskKeys) {
    return jdbc.sql(CONNECTED)
        .param("gone", GONE_AFTER.toSeconds())
        .param("keys", taskKeys.toArray(String[]::new))
        .param("limit", MAX_LISTED)
        .query(
            (row, index) ->
                new TaskWorkerView(row.getString(1), Reading.texts(row, 2), Reading.moment(row, 3)))
        .list();
  }
}
