package io.annals.command.taskrun.rule;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.RUN;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.events.state.StateType.CANCELLING;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunCommand.DeleteTaskRun;
import io.annals.command.taskrun.TaskRunFixture;
import io.annals.command.taskrun.rule.TagSlot.AllTaken;
import io.annals.command.taskrun.rule.TagSlot.Closed;
import io.annals.command.taskrun.rule.TagSlot.Held;
import io.annals.command.taskrun.rule.TagSlot.NotNeeded;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.StateDetails;
import io.annals.events.taskrun.TaskRunEvent.TaskRunProposalRefused;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ATaskTakesASlotForEachOfItsTagsTest {
  private static final UUID LEASE = new UUID(9, 9);
  private static final String RULE = "ATaskTakesASlotForEachOfItsTags";

  @Test
  void a_task_that_runs_holds_its_slots() {
    TaskRunFixture task = runIn(PENDING).finding(new Held(LEASE));
    task.propose(RUNNING).accepted();
    assertThat(task.tagsAskedFor()).containsExactly(List.of("tag"));
    assertThat(task.givenBack()).isEmpty();
    assertThat(task.endedLeases()).isEmpty();
  }

  @Test
  void a_task_that_finds_none_asks_again_when_one_may_be_free() {
    TaskRunProposalRefused refused =
        runIn(PENDING)
            .finding(new AllTaken(List.of("db", "api"), 10))
            .propose(RUNNING)
            .refused(ProposalStatus.WAIT, RULE, "Concurrency limit reached for tags: db, api");
    assertThat(refused.delaySeconds()).isBetween(1, 13);
  }

  @Test
  void a_limit_of_zero_would_let_nothing_run_ever() {
    runIn(PENDING)
        .finding(new Closed("db"))
        .propose(RUNNING)
        .refused(
            ProposalStatus.ABORT,
            RULE,
            "The concurrency limit on tag \"db\" is 0 and will deadlock if the task tries to run"
                + " again.");
  }

  @Test
  void a_task_that_has_to_wait_for_its_time_holds_nothing() {
    TaskRunFixture task =
        runIn(SCHEDULED)
            .withDetails(StateDetails.NONE.at(Instant.parse("2099-01-01T00:00:00Z")))
            .finding(new Held(LEASE));
    assertThat(task.propose(RUNNING).only(TaskRunProposalRefused.class).rule())
        .isEqualTo("NoTaskStartsBeforeItsTime");
    assertThat(task.endedLeases()).containsExactly(LEASE);
    assertThat(task.givenBack()).isEmpty();
  }

  @Test
  void a_running_task_keeps_what_it_held_before_a_second_start_was_refused() {
    TaskRunFixture task = runIn(RUNNING).inFlow(FAILED).finding(new NotNeeded());
    assertThat(task.propose(RUNNING).only(TaskRunProposalRefused.class).rule())
        .isEqualTo("TasksRunOnlyInRunningFlows");
    assertThat(task.endedLeases()).isEmpty();
    assertThat(task.givenBack()).isEmpty();
  }

  @Test
  void it_gives_back_no_more_than_it_took_for_the_second_start() {
    TaskRunFixture task = runIn(RUNNING).inFlow(FAILED).finding(new Held(LEASE));
    task.propose(RUNNING).only(TaskRunProposalRefused.class);
    assertThat(task.endedLeases()).containsExactly(LEASE);
    assertThat(task.givenBack()).isEmpty();
  }

  @Test
  void what_is_forced_or_runs_in_the_background_takes_no_slot() {
    TaskRunFixture forced = runIn(PENDING);
    forced.force(ProposedState.of(RUNNING)).accepted();
    assertThat(forced.tagsAskedFor()).isEmpty();

    TaskRunFixture background = runIn(PENDING);
    background.propose(RUNNING, DEFERRED).accepted();
    assertThat(background.tagsAskedFor()).isEmpty();
  }

  @Test
  void a_task_that_stops_gives_all_its_slots_back() {
    TaskRunFixture task = runIn(RUNNING);
    task.propose(COMPLETED).accepted();
    assertThat(task.givenBack()).containsExactly(RUN);
    assertThat(task.tagsGivenBack()).containsExactly(List.of("tag"));
  }

  @Test
  void by_force_too() {
    TaskRunFixture task = runIn(RUNNING);
    task.force(ProposedState.of(COMPLETED)).accepted();
    assertThat(task.givenBack()).containsExactly(RUN);
  }

  @Test
  void nobody_else_would_give_them_back_for_a_task_that_is_deleted() {
    TaskRunFixture task = runIn(RUNNING);
    task.when(new DeleteTaskRun(RUN));
    assertThat(task.givenBack()).containsExactly(RUN);
  }

  @Test
  void a_task_that_is_being_cancelled_still_holds_them() {
    TaskRunFixture task = runIn(RUNNING);
    task.propose(CANCELLING).accepted();
    assertThat(task.givenBack()).isEmpty();
  }
}
