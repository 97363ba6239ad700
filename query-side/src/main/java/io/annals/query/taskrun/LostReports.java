package io.annals.query.taskrun;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Task runs that a rebuild cannot come to, since retention removed reports of them.
 *
 * <p>Which ones is known exactly, without asking any clock: the recorder stores a state for each
 * report, under the id of the report's event, and states go only with their run. A run has lost no
 * report, and is compared, when each of its states is rebuilt or is an event that the log holds;
 * any other run has a state that no event of the log explains. The time a run was created would not
 * do: clients tell it by their own clocks, while days are dropped by the server's.
 */
public final class LostReports {
  /** A state that should have been rebuilt, as its event is there, does not excuse its run. */
  private static final String RUNS =
      """
      INSERT INTO %2$s.left_out (of_table, id)
      SELECT DISTINCT 'task_run', state.task_run_id FROM %1$s.task_run_state AS state
      WHERE NOT EXISTS (SELECT FROM %2$s.task_run_state AS built WHERE built.id = state.id)
          AND NOT EXISTS (
            SELECT FROM %1$s.event_log_observed AS event WHERE event.event_id = state.id)
      """;

  /** The server set a state of a run that was only ever reported, and the run was deleted since. */
  private static final String DELETED_RUNS =
      """
      INSERT INTO %2$s.left_out (of_table, id)
      SELECT DISTINCT 'task_run', state.task_run_id FROM %2$s.task_run_state AS state
      WHERE NOT EXISTS (SELECT FROM %2$s.task_run AS run WHERE run.id = state.task_run_id)
      ON CONFLICT DO NOTHING
      """;

  /** Without the first report, a run is rebuilt under the id of a later one. */
  private static final String RUNS_UNDER_OTHER_IDS =
      """
      INSERT INTO %2$s.left_out (of_table, id)
      SELECT DISTINCT 'task_run', built.task_run_id FROM %2$s.task_run_state AS built
      JOIN %1$s.task_run_state AS state ON state.id = built.id
      JOIN %2$s.left_out AS run ON run.of_table = 'task_run' AND run.id = state.task_run_id
      ON CONFLICT DO NOTHING
      """;

  private static final String STATES =
      """
      INSERT INTO %2$s.left_out (of_table, id)
      SELECT 'task_run_state', state.id FROM (
        SELECT id, task_run_id FROM %1$s.task_run_state
        UNION ALL SELECT id, task_run_id FROM %2$s.task_run_state) AS state
      JOIN %2$s.left_out AS run ON run.of_table = 'task_run' AND run.id = state.task_run_id
      ON CONFLICT DO NOTHING
      """;

  /** Results have the ids of their states, and stay when a run is deleted with its states. */
  private static final String RESULTS =
      """
      INSERT INTO %2$s.left_out (of_table, id)
      SELECT 'artifact', id FROM %2$s.left_out WHERE of_table = 'task_run_state'
      UNION ALL
      SELECT 'artifact', result.id FROM %1$s.artifact AS result
      WHERE result.task_run_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM %2$s.artifact AS built WHERE built.id = result.id)
          AND NOT EXISTS (SELECT FROM %1$s.task_run_state AS state WHERE state.id = result.id)
          AND NOT EXISTS (
            SELECT FROM %1$s.event_log_observed AS event WHERE event.event_id = result.id)
      ON CONFLICT DO NOTHING
      """;

  /** A collection's row is a copy of the artifact that it shows. */
  private static final String COLLECTIONS =
      """
      INSERT INTO %2$s.left_out (of_table, id)
      SELECT 'artifact_collection', collection.id FROM %1$s.artifact_collection AS collection
      JOIN %2$s.left_out AS shown
          ON shown.of_table = 'artifact' AND shown.id = collection.latest_id
      """;

  /**
   * With a deleted flow run went its task runs, and subflows forgot them as their parents; where
   * such a task run is not rebuilt, the rebuilt subflow still has it.
   */
  private static final String FORGOTTEN_PARENTS =
      """
      UPDATE %2$s.flow_run AS built SET parent_task_run_id = NULL FROM %1$s.flow_run AS run
      WHERE run.id = built.id AND run.parent_task_run_id IS NULL
          AND built.parent_task_run_id IS NOT NULL
          AND NOT EXISTS (
            SELECT FROM %1$s.task_run AS parent WHERE parent.id = built.parent_task_run_id)
          AND NOT EXISTS (
            SELECT FROM %2$s.task_run AS parent WHERE parent.id = built.parent_task_run_id)
      """;

  private LostReports() {}

  /**
   * Leaves out of a comparison what depends on lost reports; asked only when events were removed.
   *
   * @param live the schema that is served
   * @param built the schema that was rebuilt; its table {@code left_out} is filled
   * @return how many task runs are not compared
   */
  public static long leaveOut(Connection connection, String live, String built)
      throws SQLException {
    long runs = run(connection, RUNS, live, built);
    run(connection, DELETED_RUNS, live, built);
    run(connection, RUNS_UNDER_OTHER_IDS, live, built);
    run(connection, STATES, live, built);
    run(connection, RESULTS, live, built);
    run(connection, COLLECTIONS, live, built);
    run(connection, FORGOTTEN_PARENTS, live, built);
    return runs;
  }

  private static long run(Connection connection, String step, String live, String built)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(step.formatted(live, built));
    }
  }
}
