package io.annals.query.vacuum;

import io.annals.query.sql.Database;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Flow runs that ended long ago. Subflows go with their parents, or after them. */
public final class ExpiredRuns {
  private static final String IS_OVER =
      "flow_run.state_type IN ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED')"
          + " AND flow_run.end_time < ?";

  private static final String HAS_NO_PARENT =
      "NOT EXISTS (SELECT 1 FROM task_run WHERE task_run.id = flow_run.parent_task_run_id)";

  private static final String OLDEST =
      """
      SELECT id FROM flow_run WHERE %s AND %s ORDER BY end_time, id LIMIT ?\
      """
          .formatted(IS_OVER, HAS_NO_PARENT);

  private static final String COUNT =
      """
      WITH RECURSIVE expired AS (
        SELECT id, end_time FROM flow_run WHERE %1$s AND %2$s
        UNION ALL
        SELECT flow_run.id, flow_run.end_time FROM expired
        JOIN task_run ON task_run.flow_run_id = expired.id
        JOIN flow_run ON flow_run.parent_task_run_id = task_run.id
        WHERE %1$s)
      SELECT count(*), min(end_time) FROM expired\
      """
          .formatted(IS_OVER, HAS_NO_PARENT);

  private static final String ARTIFACTS = "SELECT id FROM artifact WHERE flow_run_id = ? LIMIT ?";

  private final Database database;

  /** Looks in one database. */
  public ExpiredRuns(Database database) {
    this.database = database;
  }

  /** Runs without a parent that ended before a time, the oldest first. */
  public List<UUID> oldest(Instant before, int limit) {
    return database.jdbc().queryForList(OLDEST, UUID.class, Timestamp.from(before), limit);
  }

  /** All runs that ended before a time, those below them included. */
  public Leftover count(Instant before) {
    Timestamp time = Timestamp.from(before);
    return Objects.requireNonNull(
        database.jdbc().queryForObject(COUNT, (row, index) -> Leftover.read(row), time, time));
  }

  /** Some of the artifacts that a run left. */
  public List<UUID> artifactsOf(UUID flowRunId, int limit) {
    return database.jdbc().queryForList(ARTIFACTS, UUID.class, flowRunId, limit);
  }
}
