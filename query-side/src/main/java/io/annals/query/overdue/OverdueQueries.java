package io.annals.query.overdue;

import io.annals.query.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds runs that the server has to move on by itself, each page after the last one's ids. */
public final class OverdueQueries {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private static final String LATE =
      """
      SELECT id, state_id FROM flow_run
      WHERE state_type = 'SCHEDULED' AND state_name = 'Scheduled'
        AND next_scheduled_start_time <= ? AND id > ?
      ORDER BY id LIMIT ?\
      """;

  private static final String PAUSED_TOO_LONG =
      """
      SELECT flow_run.id, flow_run.state_id FROM flow_run
      JOIN flow_run_state ON flow_run_state.id = flow_run.state_id
      WHERE flow_run.state_type = 'PAUSED'
        AND (flow_run_state.state_details ->> 'pause_timeout')::timestamptz < ?
        AND flow_run.id > ?
      ORDER BY flow_run.id LIMIT ?\
      """;

  private static final String CANCELLING_TOO_LONG =
      """
      SELECT id, state_id FROM flow_run
      WHERE state_type = 'CANCELLING' AND state_timestamp <= ? AND id > ?
      ORDER BY id LIMIT ?\
      """;

  private static final String CANCELLED =
      """
      SELECT id FROM flow_run
      WHERE state_type = 'CANCELLED' AND end_time >= ? AND id > ?
      ORDER BY id LIMIT ?\
      """;

  private static final String OPEN_TASK_RUNS =
      """
      SELECT id FROM task_run
      WHERE flow_run_id = ?
        AND state_type IN ('PENDING', 'SCHEDULED', 'RUNNING', 'PAUSED', 'CANCELLING')
      ORDER BY id LIMIT ?\
      """;

  private static final String CANCELLED_CHILDREN =
      """
      SELECT child.id, child.state_id, child.deployment_id IS NOT NULL FROM flow_run child
      JOIN task_run ON task_run.id = child.parent_task_run_id
      JOIN flow_run parent ON parent.id = task_run.flow_run_id
      WHERE child.state_type IN ('PENDING', 'SCHEDULED', 'RUNNING', 'PAUSED', 'CANCELLING')
        AND NOT (child.state_type = 'CANCELLING' AND child.deployment_id IS NOT NULL)
        AND child.parent_task_run_id IS NOT NULL
        AND parent.state_type = 'CANCELLED'
        AND child.id > ?
      ORDER BY child.id LIMIT ?\
      """;

  /** The last sign of life counts, which is at first that it began to run. */
  private static final String SILENT =
      """
      SELECT flow_run.id, flow_run.state_id FROM flow_run
      WHERE state_type = 'RUNNING' AND state_timestamp <= ? AND id > ?
        AND EXISTS (
          SELECT 1 FROM event_log_observed
          WHERE face_name = 'prefect.flow-run.heartbeat'
            AND face_resource_ids @> ARRAY['prefect.flow-run.' || flow_run.id::text])
        AND NOT EXISTS (
          SELECT 1 FROM event_log_observed
          WHERE face_name = 'prefect.flow-run.heartbeat'
            AND face_resource_ids @> ARRAY['prefect.flow-run.' || flow_run.id::text]
            AND occurred > ?)
      ORDER BY id LIMIT ?\
      """;

  private final Database database;

  /** Reads from one database. */
  public OverdueQueries(Database database) {
    this.database = database;
  }

  /** Runs that nobody has taken although they were to start at or before a time. */
  public List<OverdueRun> late(Instant due, @Nullable UUID after, int limit) {
    return runs(LATE, due, after, limit);
  }

  /** Paused runs that were to be resumed before a time. */
  public List<OverdueRun> pausedTooLong(Instant now, @Nullable UUID after, int limit) {
    return runs(PAUSED_TOO_LONG, now, after, limit);
  }

  /** Runs that have been told to stop at or before a time, and have not. */
  public List<OverdueRun> cancellingTooLong(Instant since, @Nullable UUID after, int limit) {
    return runs(CANCELLING_TOO_LONG, since, after, limit);
  }

  /** Runs that were cancelled since a time. */
  public List<UUID> cancelledSince(Instant since, @Nullable UUID after, int limit) {
    return database
        .jdbc()
        .queryForList(CANCELLED, UUID.class, Timestamp.from(since), begin(after), limit);
  }

  /** Task runs of a flow run that are not over. */
  public List<UUID> openTaskRuns(UUID flowRunId, int limit) {
    return database.jdbc().queryForList(OPEN_TASK_RUNS, UUID.class, flowRunId, limit);
  }

  /** Subflows that go on although their parent was cancelled, apart from those told to stop. */
  public List<CancelledChild> cancelledChildren(@Nullable UUID after, int limit) {
    return database
        .jdbc()
        .query(
            CANCELLED_CHILDREN,
            (row, index) ->
                new CancelledChild(
                    row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getBoolean(3)),
            begin(after),
            limit);
  }

  /** Running runs that sent heartbeats, but none since a time. */
  public List<OverdueRun> silentSince(Instant since, @Nullable UUID after, int limit) {
    Timestamp at = Timestamp.from(since);
    return database.jdbc().query(SILENT, OverdueQueries::read, at, begin(after), at, limit);
  }

  private List<OverdueRun> runs(String sql, Instant time, @Nullable UUID after, int limit) {
    return database
        .jdbc()
        .query(sql, OverdueQueries::read, Timestamp.from(time), begin(after), limit);
  }

  private static OverdueRun read(ResultSet row, int index) throws SQLException {
    return new OverdueRun(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
  }

  private static UUID begin(@Nullable UUID after) {
    return after == null ? BEFORE_ALL : after;
  }
}
