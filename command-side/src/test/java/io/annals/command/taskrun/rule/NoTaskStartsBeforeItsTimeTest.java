package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.events.state.StateType.CANCELLED;
import static io.annals.events.state.StateType.PAUSED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.taskrun.TaskRunFixture;
import io.annals.command.taskrun.TaskRunFixture.Result;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoTaskStartsBeforeItsTimeTest {
  private static TaskRunFixture dueAt(StateType type, Instant time) {
    return runIn(type).withDetails(StateDetails.NONE.at(time));
  }

  private static void waits(Result result, int seconds) {
    assertThat(
            result
                .refused(
                    ProposalStatus.WAIT,
                    "NoTaskStartsBeforeItsTime",
                    "Scheduled time is in the future")
                .delaySeconds())
        .isEqualTo(seconds);
  }

  @ParameterizedTest
  @EnumSource(
      value = StateType.class,
      names = {"SCHEDULED", "PENDING"})
  void a_task_waits_for_its_time(StateType from) {
    waits(dueAt(from, NOW.plusSeconds(30)).propose(RUNNING), 30);
  }

  @Test
  void seconds_are_rounded() {
    waits(dueAt(SCHEDULED, NOW.plusMillis(1600)).propose(RUNNING), 2);
    waits(dueAt(SCHEDULED, NOW.plusMillis(1400)).propose(RUNNING), 1);
    dueAt(SCHEDULED, NOW.plusMillis(400)).propose(RUNNING).accepted();
  }

  @Test
  void a_task_that_is_due_starts() {
    dueAt(SCHEDULED, NOW).propose(RUNNING).accepted();
    dueAt(SCHEDULED, NOW.minusSeconds(60)).propose(RUNNING).accepted();
    runIn(PENDING).propose(RUNNING).accepted();
  }

  @Test
  void only_starting_waits() {
    dueAt(SCHEDULED, NOW.plusSeconds(30)).propose(CANCELLED).accepted();
    dueAt(PAUSED, NOW.plusSeconds(30)).propose(RUNNING).accepted();
  }

  @Test
  void the_flow_is_asked_first() {
    dueAt(SCHEDULED, NOW.plusSeconds(30))
        .inFlow(CANCELLED)
        .propose(RUNNING)
        .refused(
            ProposalStatus.ABORT,
            "TasksRunOnlyInRunningFlows",
            "The enclosing flow must be running to begin task execution.");
  }

  @Test
  void background_tasks_wait_too() {
    waits(dueAt(PENDING, NOW.plusSeconds(30)).propose(RUNNING, DEFERRED), 30);
  }

  @Test
  void force_does_not_wait() {
    dueAt(SCHEDULED, NOW.plusSeconds(30)).force(RUNNING).accepted();
  }
}
