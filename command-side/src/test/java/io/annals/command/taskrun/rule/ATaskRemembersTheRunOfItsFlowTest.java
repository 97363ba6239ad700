package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.RUN;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.command.taskrun.TaskRunFixture.state;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.PAUSED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunCommand.SetTaskRunState;
import io.annals.command.taskrun.TaskRunFixture;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ATaskRemembersTheRunOfItsFlowTest {
  private static final State FLOW =
      state(new UUID(8, 8), RUNNING, "Running", NOW, StateDetails.NONE, null);

  private static TaskRunFixture inThirdRun(StateType type) {
    return runIn(type).inFlow(FLOW, 3).startedInRun(1);
  }

  @Test
  void a_task_that_starts_remembers_the_run_of_its_flow() {
    assertThat(inThirdRun(PENDING).propose(RUNNING).accepted().flowRunRunCount()).isEqualTo(3);
    assertThat(inThirdRun(PENDING).propose(RUNNING, DEFERRED).accepted().flowRunRunCount())
        .isEqualTo(3);
  }

  @Test
  void other_states_change_nothing() {
    assertThat(inThirdRun(RUNNING).propose(COMPLETED).accepted().flowRunRunCount()).isEqualTo(1);
    assertThat(inThirdRun(RUNNING).propose(PAUSED).accepted().flowRunRunCount()).isEqualTo(1);
  }

  @Test
  void a_task_without_a_flow_has_nothing_to_remember() {
    assertThat(runIn(PENDING).propose(RUNNING).accepted().flowRunRunCount()).isZero();
  }

  @Test
  void a_task_whose_flow_run_is_gone_does_not_start() {
    SetTaskRunState start =
        new SetTaskRunState(RUN, ProposedState.of(RUNNING), false, Client.UNKNOWN);
    assertThat(runIn(PENDING).inLostFlow().refusalOf(start))
        .isEqualTo(
            new Refusal(
                Kind.OBJECT_NOT_FOUND,
                "Unable to read flow run associated with task run: "
                    + RUN
                    + ", this flow run might have been deleted"));
  }

  @Test
  void force_remembers_nothing() {
    assertThat(inThirdRun(PENDING).force(RUNNING).accepted().flowRunRunCount()).isEqualTo(1);
    runIn(PENDING).inLostFlow().force(RUNNING).accepted();
  }
}
