package io.annals.query.flowrun;

import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunDeleted;
import io.annals.events.flowrun.FlowRunEvent.FlowRunFlowVersionSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInfrastructureAssigned;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputDeleted;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputStored;
import io.annals.events.flowrun.FlowRunEvent.FlowRunJobVariablesSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunLabelled;
import io.annals.events.flowrun.FlowRunEvent.FlowRunParametersSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunPolicySet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunProposalRefused;
import io.annals.events.flowrun.FlowRunEvent.FlowRunRenamed;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunTagged;
import io.annals.events.log.LoggedEvent;
import io.annals.events.sql.Transaction;
import io.annals.query.log.Projection;
import io.annals.query.state.StateRows;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tables {@code flow_run}, {@code flow_run_state}, {@code flow_run_input}. Creations and state
 * changes, nearly all events there are, gather into one statement per table; whatever else happens
 * is written one by one, after what was gathered before it.
 */
public final class FlowRunProjection implements Projection {
  @Override
  public List<String> tables() {
    return List.of("flow_run_input", "flow_run_state", "flow_run");
  }

  /** With a run go its task runs, which clients may have reported in the same batch. */
  @Override
  public boolean reachesOthers(LoggedEvent event) {
    return event.payload() instanceof FlowRunDeleted;
  }

  @Override
  public void project(Transaction transaction, List<LoggedEvent> events) throws SQLException {
    Gathered gathered = new Gathered(transaction);
    for (LoggedEvent event : events) {
      if (event.payload() instanceof FlowRunEvent payload) {
        gathered.take(event, payload);
      }
    }
    gathered.write();
  }

  private static final class Gathered {
    private final Transaction transaction;
    private final Map<UUID, NewFlowRun> created = new LinkedHashMap<>();
    private final Map<UUID, NewState> moved = new LinkedHashMap<>();
    private StateRows states = StateRows.ofFlowRuns();

    Gathered(Transaction transaction) {
      this.transaction = transaction;
    }

    void take(LoggedEvent event, FlowRunEvent payload) throws SQLException {
      switch (payload) {
        case FlowRunCreated creation ->
            created.put(creation.flowRunId(), new NewFlowRun(creation, event.occurred()));
        case FlowRunStateSet set -> {
          states.add(set.flowRunId(), set.state(), event.occurred());
          NewFlowRun run = created.get(set.flowRunId());
          if (run != null) {
            created.put(set.flowRunId(), run.movedTo(set, event.occurred()));
          } else {
            moved.put(set.flowRunId(), new NewState(set, event.occurred()));
          }
        }
        case FlowRunRenamed renamed ->
            set(event, renamed, FlowRunStatements.RENAME, renamed.name());
        case FlowRunFlowVersionSet version ->
            set(event, version, FlowRunStatements.SET_FLOW_VERSION, version.flowVersion());
        case FlowRunParametersSet parameters ->
            set(event, parameters, FlowRunStatements.SET_PARAMETERS, parameters.parameters());
        case FlowRunPolicySet policy ->
            set(
                event,
                policy,
                FlowRunStatements.SET_POLICY,
                FlowRunStatements.json(policy.empiricalPolicy()));
        case FlowRunTagged tagged ->
            set(event, tagged, FlowRunStatements.SET_TAGS, FlowRunStatements.tags(tagged.tags()));
        case FlowRunLabelled labelled ->
            set(event, labelled, FlowRunStatements.SET_LABELS, labelled.labels());
        case FlowRunInfrastructureAssigned assigned ->
            set(
                event,
                assigned,
                FlowRunStatements.SET_INFRASTRUCTURE,
                assigned.infrastructurePid());
        case FlowRunJobVariablesSet variables ->
            set(event, variables, FlowRunStatements.SET_JOB_VARIABLES, variables.jobVariables());
        case FlowRunProposalRefused refused -> {
          write();
          FlowRunStatements.rememberPolicy(transaction, refused);
        }
        case FlowRunInputStored input -> {
          write();
          FlowRunStatements.storeInput(transaction.connection(), input, event.occurred());
        }
        case FlowRunInputDeleted input -> {
          write();
          FlowRunStatements.deleteInput(transaction.connection(), input);
        }
        case FlowRunDeleted deleted -> {
          write();
          FlowRunStatements.delete(transaction.connection(), deleted.flowRunId());
        }
      }
    }

    private void set(
        LoggedEvent event, FlowRunEvent payload, String statement, @Nullable Object value)
        throws SQLException {
      write();
      FlowRunStatements.set(
          transaction.connection(), statement, payload.flowRunId(), value, event.occurred());
    }

    /**
     * Rows go in the order of their ids, so that two writers never wait for each other crosswise.
     */
    void write() throws SQLException {
      FlowRunStatements.create(transaction, created.values());
      FlowRunStatements.move(transaction, moved.values());
      states.addTo(transaction);
      created.clear();
      moved.clear();
      states = StateRows.ofFlowRuns();
    }
  }
}
