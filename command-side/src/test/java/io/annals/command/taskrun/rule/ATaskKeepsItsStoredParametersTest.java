package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.PARAMETERS;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.taskrun.TaskRunFixture;
import io.annals.command.taskrun.TaskRunFixture.Result;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ATaskKeepsItsStoredParametersTest {
  private static TaskRunFixture stored(StateType type) {
    return runIn(type).withDetails(DEFERRED.parametersStoredAs(PARAMETERS));
  }

  private static @Nullable UUID kept(Result result) {
    return result.accepted().state().stateDetails().taskParametersId();
  }

  @ParameterizedTest
  @CsvSource({"SCHEDULED, PENDING", "SCHEDULED, RUNNING", "PENDING, RUNNING"})
  void parameters_stay_with_a_background_task(StateType from, StateType to) {
    assertThat(kept(stored(from).propose(to, DEFERRED))).isEqualTo(PARAMETERS);
  }

  @Test
  void they_stay_with_a_task_that_is_pending_in_another_way() {
    assertThat(kept(stored(PENDING).propose(PENDING, "Submitting", DEFERRED)))
        .isEqualTo(PARAMETERS);
  }

  @Test
  void new_parameters_win() {
    StateDetails other = DEFERRED.parametersStoredAs(new UUID(9, 9));
    assertThat(kept(stored(SCHEDULED).propose(PENDING, other))).isEqualTo(new UUID(9, 9));
  }

  @Test
  void they_end_with_the_run() {
    assertThat(kept(stored(RUNNING).propose(COMPLETED, DEFERRED))).isNull();
    assertThat(kept(stored(RUNNING).propose(SCHEDULED, DEFERRED))).isNull();
  }

  @Test
  void tasks_in_the_foreground_have_none() {
    assertThat(kept(stored(SCHEDULED).propose(PENDING))).isNull();
  }
}
