package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.FLOW_RUN;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.RUN;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.command.taskrun.TaskRunFixture.state;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PAUSED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.state.ProposalStatus;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TasksRunOnlyInRunningFlowsTest {
  private static final String RULE = "TasksRunOnlyInRunningFlows";
  private static final String STOPPED =
      "The enclosing flow must be running to begin task execution.";
  private static final String NOT_READY =
      "The flow is paused, new tasks can execute after resuming flow run: " + FLOW_RUN + ".";

  private static StateDetails paused(Instant pauseTimeout, boolean reschedule, String pauseKey) {
    return new StateDetails(
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        false,
        pauseTimeout,
        reschedule,
        pauseKey,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void a_task_of_a_running_flow_runs() {
    runIn(PENDING).inFlow(RUNNING).propose(RUNNING).accepted();
  }

  @ParameterizedTest
  @EnumSource(
      value = StateType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RUNNING", "PAUSED"})
  void a_task_of_a_stopped_flow_does_not(StateType flow) {
    runIn(PENDING).inFlow(flow).propose(RUNNING).refused(ProposalStatus.ABORT, RULE, STOPPED);
  }

  @Test
  void a_task_of_a_flow_without_a_state_does_not_run() {
    runIn(PENDING).inFlow(null).propose(RUNNING).refused(ProposalStatus.ABORT, RULE, STOPPED);
  }

  @Test
  void a_task_of_a_paused_flow_waits_as_long_as_the_flow_does() {
    Instant timeout = NOW.plusSeconds(300);
    State pause =
        state(new UUID(8, 8), PAUSED, "Suspended", NOW, paused(timeout, true, "key"), null);
    TaskRunStateSet set =
        runIn(PENDING).inFlow(pause, 1).propose(RUNNING).replaced(RULE, NOT_READY);
    State state = set.state();
    assertThat(state.type()).isEqualTo(PAUSED);
    assertThat(state.name()).isEqualTo("NotReady");
    assertThat(state.timestamp()).isEqualTo(NOW);
    assertThat(state.message()).isNull();
    assertThat(state.stateDetails().pauseTimeout()).isEqualTo(timeout);
    assertThat(state.stateDetails().pauseReschedule()).isTrue();
    assertThat(state.stateDetails().pauseKey()).isNull();
    assertThat(state.stateDetails().flowRunId()).isEqualTo(FLOW_RUN);
    assertThat(state.stateDetails().taskRunId()).isEqualTo(RUN);
    assertThat(set.times().runCount()).isZero();
    assertThat(set.flowRunRunCount()).isZero();
  }

  @Test
  void a_pause_without_end_is_copied_as_such() {
    StateDetails details =
        runIn(PENDING)
            .inFlow(PAUSED)
            .propose(RUNNING)
            .replaced(RULE, NOT_READY)
            .state()
            .stateDetails();
    assertThat(details.pauseTimeout()).isNull();
    assertThat(details.pauseReschedule()).isFalse();
  }

  @Test
  void a_task_without_a_flow_runs() {
    runIn(PENDING).propose(RUNNING).accepted();
  }

  @Test
  void other_states_may_be_reached_in_stopped_flows() {
    runIn(RUNNING).inFlow(FAILED).propose(COMPLETED).accepted();
    runIn(RUNNING).inFlow(PAUSED).propose(PENDING).accepted();
  }

  @Test
  void background_tasks_do_not_depend_on_their_flow() {
    runIn(PENDING).inFlow(FAILED).propose(RUNNING, DEFERRED).accepted();
  }

  @Test
  void force_runs_a_task_of_a_stopped_flow() {
    runIn(PENDING).inFlow(FAILED).force(RUNNING).accepted();
  }
}
