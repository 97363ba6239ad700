package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.ProposalStatus.WAIT;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.FlowRunEvent.FlowRunProposalRefused;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NoRunStartsBeforeItsTimeTest {
  private static final String RULE = "NoRunStartsBeforeItsTime";
  private static final String REASON = "Scheduled time is in the future";

  @ParameterizedTest
  @EnumSource(names = {"SCHEDULED", "PENDING"})
  void a_run_waits_for_its_time(StateType type) {
    FlowRunProposalRefused refused =
        runIn(type)
            .withDetails(StateDetails.NONE.at(NOW.plusSeconds(60)))
            .propose(RUNNING)
            .refused(WAIT, RULE, REASON);
    assertThat(refused.delaySeconds()).isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource({"60400,60", "60500,60", "60501,61", "999,1", "501,1"})
  void seconds_are_rounded(long delayMillis, int seconds) {
    FlowRunProposalRefused refused =
        runIn(SCHEDULED)
            .withDetails(StateDetails.NONE.at(NOW.plusMillis(delayMillis)))
            .propose(RUNNING)
            .refused(WAIT, RULE, REASON);
    assertThat(refused.delaySeconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({"500", "1", "0", "-1", "-60000"})
  void a_run_starts_when_its_time_has_come(long delayMillis) {
    runIn(SCHEDULED)
        .withDetails(StateDetails.NONE.at(NOW.plusMillis(delayMillis)))
        .propose(RUNNING)
        .accepted();
  }

  @Test
  void a_run_without_a_time_starts_at_once() {
    runIn(PENDING).propose(RUNNING).accepted();
  }

  @Test
  void the_time_of_the_proposed_state_does_not_count() {
    runIn(PENDING).propose(RUNNING, StateDetails.NONE.at(NOW.plusSeconds(60))).accepted();
  }

  @Test
  void force_does_not_wait() {
    runIn(SCHEDULED)
        .withDetails(StateDetails.NONE.at(NOW.plusSeconds(60)))
        .force(ProposedState.of(RUNNING))
        .accepted();
  }

  @Test
  void a_wait_longer_than_a_lifetime_is_still_a_number() {
    FlowRunProposalRefused refused =
        runIn(SCHEDULED)
            .withDetails(StateDetails.NONE.at(Instant.parse("9999-12-31T00:00:00Z")))
            .propose(RUNNING)
            .refused(WAIT, RULE, REASON);
    assertThat(refused.delaySeconds()).isEqualTo(Integer.MAX_VALUE);
  }
}
