package io.annals.command.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;

class ProposedStateTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final UUID ID = new UUID(1, 1);

  @Test
  void a_state_without_a_name_is_called_after_its_type() {
    assertThat(ProposedState.of(StateType.CANCELLING).stamped(ID, NOW).name())
        .isEqualTo("Cancelling");
  }

  @Test
  void a_name_that_was_given_stays_even_when_it_is_empty() {
    ProposedState unnamed = new ProposedState(StateType.RUNNING, "", null, null, StateDetails.NONE);
    assertThat(unnamed.stamped(ID, NOW).name()).isEmpty();
  }

  @Test
  void a_scheduled_state_without_a_time_is_scheduled_now() {
    assertThat(scheduledTime(ProposedState.of(StateType.SCHEDULED))).isEqualTo(NOW);
  }

  @Test
  void a_scheduled_time_that_was_given_stays() {
    Instant later = NOW.plusSeconds(60);
    assertThat(
            scheduledTime(
                new ProposedState(
                    StateType.SCHEDULED, null, null, null, StateDetails.NONE.at(later))))
        .isEqualTo(later);
  }

  @Test
  void other_states_are_not_scheduled() {
    assertThat(scheduledTime(ProposedState.of(StateType.PENDING))).isNull();
  }

  @Test
  void json_null_is_no_data() {
    State state =
        new ProposedState(
                StateType.COMPLETED, null, null, NullNode.getInstance(), StateDetails.NONE)
            .stamped(ID, NOW);
    assertThat(state.data()).isNull();
  }

  private static @Nullable Instant scheduledTime(ProposedState proposed) {
    return proposed.stamped(ID, NOW).stateDetails().scheduledTime();
  }
}
