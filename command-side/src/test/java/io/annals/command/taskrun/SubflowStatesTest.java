package io.annals.command.taskrun;

import static io.annals.command.taskrun.TaskRunFixture.FLOW_RUN;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.RUN;
import static io.annals.command.taskrun.TaskRunFixture.nothing;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.command.taskrun.TaskRunFixture.state;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.taskrun.FindTaskRun.KnownTaskRun;
import io.annals.command.taskrun.TaskRunFixture.Result;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent.TaskRunAdopted;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import io.annals.events.taskrun.TaskRunPolicy;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubflowStatesTest {
  private static final UUID SUBFLOW = new UUID(3, 3);

  private static State shown(StateType type) {
    StateDetails details = StateDetails.NONE.ofRuns(SUBFLOW, RUN).ofChild(SUBFLOW);
    return state(new UUID(9, 9), type, type.defaultName(), NOW, details, "{\"type\":\"x\"}");
  }

  @Test
  void a_parent_task_run_shows_the_state_of_its_subflow() {
    TaskRunStateSet set =
        runIn(PENDING).inFlow(RUNNING).showSubflow(shown(RUNNING)).only(TaskRunStateSet.class);
    assertThat(set.state())
        .isEqualTo(shown(RUNNING).with(StateDetails.NONE.ofRuns(FLOW_RUN, RUN).ofChild(SUBFLOW)));
    assertThat(set.times().runCount()).isEqualTo(1);
    assertThat(set.times().startTime()).isEqualTo(NOW);
  }

  @Test
  void the_rules_of_the_parent_are_not_asked() {
    runIn(COMPLETED)
        .inFlow(FAILED)
        .withData("{\"type\":\"reference\"}")
        .showSubflow(shown(RUNNING))
        .only(TaskRunStateSet.class);
  }

  @Test
  void a_parent_that_is_gone_is_passed_over() {
    assertThat(nothing().showSubflow(shown(RUNNING)).events()).isEmpty();
  }

  @Test
  void a_parent_known_from_reports_is_adopted_first() {
    KnownTaskRun known =
        new KnownTaskRun(
            FLOW_RUN, "parent", null, RunTimes.NONE, 0, TaskRunPolicy.DEFAULT, List.of());
    Result result = nothing().reported(known).showSubflow(shown(RUNNING));
    assertThat(result.events()).hasSize(2);
    assertThat(result.events().getFirst()).isInstanceOf(TaskRunAdopted.class);
  }
}
