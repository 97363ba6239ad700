package io.annals.command.taskrun;

import static io.annals.command.taskrun.TaskRunFixture.FIRST_STATE;
import static io.annals.command.taskrun.TaskRunFixture.FLOW_RUN;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.RUN;
import static io.annals.command.taskrun.TaskRunFixture.nothing;
import static io.annals.command.taskrun.TaskRunFixture.run;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.command.taskrun.TaskRunFixture.state;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.PAUSED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Change;
import io.annals.command.taskrun.FindTaskRun.KnownTaskRun;
import io.annals.command.taskrun.TaskRunCommand.DeleteTaskRun;
import io.annals.command.taskrun.TaskRunCommand.RenameTaskRun;
import io.annals.command.taskrun.TaskRunFixture.Result;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent.TaskRunAdopted;
import io.annals.events.taskrun.TaskRunEvent.TaskRunDeleted;
import io.annals.events.taskrun.TaskRunEvent.TaskRunProposalRefused;
import io.annals.events.taskrun.TaskRunEvent.TaskRunRenamed;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import io.annals.events.taskrun.TaskRunPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Decisions about runs of which clients have reported more than the server has decided. */
class AdoptionTest {
  private static final RunTimes TIMES =
      new RunTimes(2, NOW.minusSeconds(9), null, Duration.ofSeconds(3), NOW.minusSeconds(10), null);
  private static final TaskRunPolicy POLICY = new TaskRunPolicy(0, 0.0, 3, null, null);

  private static State entered(StateType type, Instant timestamp) {
    return state(new UUID(9, 9), type, type.defaultName(), timestamp, StateDetails.NONE, null);
  }

  private static KnownTaskRun known(@Nullable State state) {
    return new KnownTaskRun(FLOW_RUN, "reported", state, TIMES, 1, POLICY, List.of("t"));
  }

  private static TaskRunAdopted adopted(@Nullable State state) {
    return new TaskRunAdopted(RUN, FLOW_RUN, "reported", state, TIMES, 1, POLICY, List.of("t"));
  }

  @Test
  void a_run_known_from_reports_only_is_adopted_before_it_is_decided_about() {
    State running = entered(RUNNING, NOW.minusSeconds(2));
    Result result = nothing().reported(known(running)).propose(COMPLETED);
    assertThat(result.events()).hasSize(2);
    assertThat(result.events().getFirst()).isEqualTo(adopted(running));
    TaskRunStateSet set = (TaskRunStateSet) result.events().getLast();
    assertThat(set.state().stateDetails()).isEqualTo(StateDetails.NONE.ofRuns(FLOW_RUN, RUN));
    assertThat(set.times())
        .isEqualTo(
            new RunTimes(
                2, NOW.minusSeconds(9), NOW, Duration.ofSeconds(5), NOW.minusSeconds(10), null));
    assertThat(set.flowRunRunCount()).isEqualTo(1);
    assertThat(result.answer())
        .isEqualTo(new Answer(set.state(), ProposalStatus.ACCEPT, null, null, true));
  }

  @Test
  void what_was_adopted_is_noted_even_when_the_proposal_is_refused() {
    State completed = entered(COMPLETED, NOW.minusSeconds(2));
    Result result = nothing().reported(known(completed)).propose(PAUSED);
    assertThat(result.events()).hasSize(2);
    assertThat(result.events().getFirst()).isEqualTo(adopted(completed));
    assertThat(result.events().getLast()).isInstanceOf(TaskRunProposalRefused.class);
    assertThat(result.answer())
        .isEqualTo(
            new Answer(completed, ProposalStatus.ABORT, "Run is already COMPLETED.", null, false));
  }

  @Test
  void a_newer_report_is_adopted_over_what_was_decided() {
    State running = entered(RUNNING, NOW);
    Result result = runIn(PENDING).reported(known(running)).propose(COMPLETED);
    assertThat(result.events().getFirst()).isEqualTo(adopted(running));
    assertThat(((TaskRunStateSet) result.events().getLast()).times().runCount()).isEqualTo(2);
  }

  @Test
  void a_run_that_had_no_state_gets_the_reported_one() {
    State running = entered(RUNNING, NOW);
    Result result = run().reported(known(running)).propose(COMPLETED);
    assertThat(result.events().getFirst()).isEqualTo(adopted(running));
  }

  @Test
  void nothing_is_adopted_while_decisions_and_reports_agree() {
    State same =
        state(FIRST_STATE, PENDING, "Pending", NOW.minusSeconds(1), StateDetails.NONE, null);
    runIn(PENDING).reported(known(same)).propose(COMPLETED).accepted();
  }

  @Test
  void a_state_older_than_the_decided_one_is_no_news() {
    State older = entered(PENDING, NOW.minusSeconds(2));
    runIn(RUNNING).reported(known(older)).propose(COMPLETED).accepted();
  }

  @Test
  void a_state_is_news_to_a_run_without_one_only_if_it_is_there() {
    run().reported(known(null)).propose(PENDING).accepted();
  }

  @Test
  void a_deleted_run_that_is_reported_again_is_decided_about_again() {
    State running = entered(RUNNING, NOW.minusSeconds(2));
    Result result =
        runIn(PENDING).and(new TaskRunDeleted(RUN)).reported(known(running)).propose(COMPLETED);
    assertThat(result.events().getFirst()).isEqualTo(adopted(running));
    assertThat(result.events().getLast()).isInstanceOf(TaskRunStateSet.class);
  }

  @Test
  void renaming_and_deleting_adopt_as_well() {
    State running = entered(RUNNING, NOW.minusSeconds(2));
    assertThat(
            nothing()
                .reported(known(running))
                .when(new RenameTaskRun(RUN, Change.to("new")))
                .events())
        .containsExactly(adopted(running), new TaskRunRenamed(RUN, "new"));
    assertThat(nothing().reported(known(running)).when(new DeleteTaskRun(RUN)).events())
        .containsExactly(adopted(running), new TaskRunDeleted(RUN));
  }
}
