package io.annals.query.state;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** States of runs, oldest first, and single ones. */
public final class StateQueries {
  private static final String STATES =
      "SELECT "
          + StateView.COLUMNS
          + " FROM %s s LEFT JOIN artifact a ON a.id = s.result_artifact_id WHERE %%s";

  private final Database database;
  private final String states;
  private final String runColumn;

  private StateQueries(Database database, String table, String runColumn) {
    this.database = database;
    this.states = STATES.formatted(table);
    this.runColumn = runColumn;
  }

  /** The states of flow runs. */
  public static StateQueries ofFlowRuns(Database database) {
    return new StateQueries(database, "flow_run_state", "s.flow_run_id");
  }

  /** The states of task runs. */
  public static StateQueries ofTaskRuns(Database database) {
    return new StateQueries(database, "task_run_state", "s.task_run_id");
  }

  /** One state. */
  public Optional<StateView> byId(UUID stateId) {
    return database.lookup(
        states, Where.all().and("s.id = ?", stateId), (row, index) -> StateView.read(row, 1));
  }

  /** All states of a run, oldest first. */
  public List<StateView> ofRun(UUID runId) {
    return database.lookupAll(
        states + " ORDER BY s.timestamp, s.id",
        Where.all().and(runColumn + " = ?", runId),
        (row, index) -> StateView.read(row, 1));
  }
}
