package io.annals.query.vacuum;

import io.annals.query.sql.Database;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Log lines and artifacts that name a flow run which is not there, or never was. */
public final class Orphans {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  /** One look at the index for each run, instead of one at every line. */
  private static final String LOGGED_RUNS =
      """
      WITH RECURSIVE logged AS (
        (SELECT flow_run_id FROM log WHERE flow_run_id > ? ORDER BY flow_run_id LIMIT 1)
        UNION ALL
        SELECT (SELECT log.flow_run_id FROM log WHERE log.flow_run_id > logged.flow_run_id
            ORDER BY log.flow_run_id LIMIT 1)
        FROM logged WHERE logged.flow_run_id IS NOT NULL)
      SELECT flow_run_id, NOT EXISTS (SELECT 1 FROM flow_run WHERE id = logged.flow_run_id)
      FROM logged WHERE flow_run_id IS NOT NULL LIMIT ?\
      """;

  /** Lines of one moment go together, so that there can be some more than was asked for. */
  private static final String DELETE_LINES =
      """
      DELETE FROM log WHERE flow_run_id = ?
        AND timestamp <= coalesce(
          (SELECT timestamp FROM log WHERE flow_run_id = ? ORDER BY timestamp OFFSET ? LIMIT 1),
          'infinity')
        AND NOT EXISTS (SELECT 1 FROM flow_run WHERE id = ?)\
      """;

  private static final String COUNT_LINES =
      """
      SELECT count(*), min(timestamp) FROM log
      WHERE flow_run_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM flow_run WHERE id = log.flow_run_id)\
      """;

  private static final String ARTIFACTS =
      """
      SELECT id FROM artifact
      WHERE flow_run_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM flow_run WHERE id = artifact.flow_run_id)
        AND id > ?
      ORDER BY id LIMIT ?\
      """;

  private static final String COUNT_ARTIFACTS =
      """
      SELECT count(*), min(created) FROM artifact
      WHERE flow_run_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM flow_run WHERE id = artifact.flow_run_id)\
      """;

  private final Database database;

  /** Looks in one database. */
  public Orphans(Database database) {
    this.database = database;
  }

  /**
   * A run that something was printed for.
   *
   * @param isGone whether there is no such run
   */
  public record LoggedRun(UUID flowRunId, boolean isGone) {}

  /** Runs with lines, in the order of their ids. */
  public List<LoggedRun> loggedRuns(@Nullable UUID after, int limit) {
    return database
        .jdbc()
        .query(
            LOGGED_RUNS,
            (row, index) -> new LoggedRun(row.getObject(1, UUID.class), row.getBoolean(2)),
            begin(after),
            limit);
  }

  /**
   * Deletes the lines of a run that is gone.
   *
   * @param batchSize lines deleted in one transaction
   * @return how many there were
   */
  public long deleteLines(UUID flowRunId, int batchSize) {
    long deleted = 0;
    int batch;
    do {
      batch = database.jdbc().update(DELETE_LINES, flowRunId, flowRunId, batchSize - 1, flowRunId);
      deleted += batch;
    } while (batch > 0);
    return deleted;
  }

  /** All lines of runs that are gone. */
  public Leftover countLines() {
    return count(COUNT_LINES);
  }

  /** Artifacts of runs that are gone, in the order of their ids. */
  public List<UUID> artifacts(@Nullable UUID after, int limit) {
    return database.jdbc().queryForList(ARTIFACTS, UUID.class, begin(after), limit);
  }

  /** All artifacts of runs that are gone. */
  public Leftover countArtifacts() {
    return count(COUNT_ARTIFACTS);
  }

  private Leftover count(String sql) {
    return Objects.requireNonNull(
        database.jdbc().queryForObject(sql, (row, index) -> Leftover.read(row)));
  }

  private static UUID begin(@Nullable UUID after) {
    return after == null ? BEFORE_ALL : after;
  }
}
