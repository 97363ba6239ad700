package io.annals.command.taskrun;

import static io.annals.command.taskrun.TaskRunFixture.DEFERRED;
import static io.annals.command.taskrun.TaskRunFixture.FLOW_RUN;
import static io.annals.command.taskrun.TaskRunFixture.NOW;
import static io.annals.command.taskrun.TaskRunFixture.RUN;
import static io.annals.command.taskrun.TaskRunFixture.json;
import static io.annals.command.taskrun.TaskRunFixture.nothing;
import static io.annals.command.taskrun.TaskRunFixture.object;
import static io.annals.command.taskrun.TaskRunFixture.run;
import static io.annals.command.taskrun.TaskRunFixture.runIn;
import static io.annals.command.taskrun.TaskRunFixture.state;
import static io.annals.events.state.StateType.CANCELLED;
import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.CRASHED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Change;
import io.annals.command.decision.Created;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunCommand.CreateTaskRun;
import io.annals.command.taskrun.TaskRunCommand.DeleteTaskRun;
import io.annals.command.taskrun.TaskRunCommand.RenameTaskRun;
import io.annals.command.taskrun.TaskRunCommand.SetTaskRunState;
import io.annals.command.taskrun.TaskRunFixture.Result;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.taskrun.TaskRunEvent.TaskRunCreated;
import io.annals.events.taskrun.TaskRunEvent.TaskRunDeleted;
import io.annals.events.taskrun.TaskRunEvent.TaskRunRenamed;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import io.annals.events.taskrun.TaskRunPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskRunDeciderTest {
  private static final UUID SERVER_MADE = new UUID(7, 100);
  private static final Refusal INTEGRITY =
      new Refusal(
          Kind.CONFLICT,
          "Data integrity conflict. This usually means a unique or foreign key constraint was"
              + " violated. See server logs for details.");

  private static CreateTaskRun create(
      @Nullable UUID id,
      @Nullable String name,
      @Nullable UUID flowRunId,
      @Nullable ProposedState first) {
    return new CreateTaskRun(
        id,
        name,
        flowRunId,
        "extract-abc",
        "0",
        "key",
        NOW.plusSeconds(60),
        "v1",
        TaskRunPolicy.DEFAULT,
        List.of("a", "b"),
        object("{\"mine\":1}"),
        object("{\"x\":[]}"),
        first,
        Client.UNKNOWN);
  }

  @Test
  void a_new_run_is_pending() {
    Result result = nothing().when(create(null, "extract-0", null, null));
    assertThat(result.answer()).isEqualTo(new Created(SERVER_MADE, true));
    assertThat(result.events()).hasSize(2);
    assertThat(result.events().getFirst())
        .isEqualTo(
            new TaskRunCreated(
                SERVER_MADE,
                null,
                "extract-0",
                "extract-abc",
                "0",
                "key",
                NOW.plusSeconds(60),
                "v1",
                TaskRunPolicy.DEFAULT,
                List.of("a", "b"),
                object("{\"mine\":1}"),
                object("{\"x\":[]}")));
    State first =
        state(
            new UUID(7, 101),
            PENDING,
            "Pending",
            NOW,
            StateDetails.NONE.ofRuns(null, SERVER_MADE),
            null);
    assertThat(result.events().getLast())
        .isEqualTo(
            new TaskRunStateSet(
                SERVER_MADE,
                first,
                PENDING,
                ProposalStatus.ACCEPT,
                null,
                null,
                new RunTimes(0, null, null, Duration.ZERO, NOW, null),
                0));
  }

  @Test
  void the_client_may_choose_the_id() {
    Result result = nothing().when(create(RUN, "extract-0", null, null));
    assertThat(result.answer()).isEqualTo(new Created(RUN, true));
    assertThat(result.events()).allMatch(event -> event.taskRunId().equals(RUN));
  }

  @Test
  void an_id_that_is_taken_is_refused() {
    assertThat(run().refusalOf(create(RUN, "other", null, null))).isEqualTo(INTEGRITY);
  }

  @Test
  void an_id_is_free_again_after_a_deletion() {
    Result result = run().and(new TaskRunDeleted(RUN)).when(create(RUN, "again", null, null));
    assertThat(result.answer()).isEqualTo(new Created(RUN, true));
    assertThat(result.events().getFirst()).isInstanceOf(TaskRunCreated.class);
  }

  @Test
  void a_run_at_the_same_place_is_found() {
    Result result =
        nothing()
            .inFlow(RUNNING)
            .withPlace(FLOW_RUN, "extract-abc", "0", new UUID(9, 9))
            .when(create(RUN, "other", FLOW_RUN, null));
    assertThat(result.answer()).isEqualTo(new Created(new UUID(9, 9), false));
    assertThat(result.events()).isEmpty();
  }

  @Test
  void a_run_without_a_flow_is_found_by_its_place_too() {
    Result result =
        nothing()
            .withPlace(null, "extract-abc", "0", new UUID(9, 9))
            .when(create(null, "other", null, null));
    assertThat(result.answer()).isEqualTo(new Created(new UUID(9, 9), false));
  }

  @Test
  void the_same_keys_in_another_flow_run_are_another_place() {
    Result result =
        nothing()
            .withPlace(FLOW_RUN, "extract-abc", "0", new UUID(9, 9))
            .when(create(null, "other", null, null));
    assertThat(result.answer()).isEqualTo(new Created(SERVER_MADE, true));
  }

  @Test
  void a_run_without_a_name_is_given_one() {
    assertThat(created(nothing().when(create(null, null, null, null))).name())
        .isEqualTo("spare-name-0");
    assertThat(created(nothing().when(create(null, "", null, null))).name())
        .isEqualTo("spare-name-0");
  }

  @Test
  void labels_come_from_the_flow_run_and_the_caller() {
    Result result = nothing().inFlow(RUNNING).when(create(null, "extract-0", FLOW_RUN, null));
    assertThat(created(result).labels())
        .isEqualTo(
            json("{\"team\":\"data\",\"prefect.flow-run.id\":\"" + FLOW_RUN + "\",\"mine\":1}"));
  }

  @Test
  void a_flow_run_that_does_not_exist_has_no_tasks() {
    assertThat(nothing().refusalOf(create(null, "extract-0", FLOW_RUN, null))).isEqualTo(INTEGRITY);
  }

  @Test
  void the_first_state_is_not_asked_about() {
    Result result =
        nothing()
            .inFlow(FAILED)
            .when(create(null, "extract-0", FLOW_RUN, ProposedState.of(RUNNING)));
    TaskRunStateSet set = (TaskRunStateSet) result.events().getLast();
    assertThat(set.state().type()).isEqualTo(RUNNING);
    assertThat(set.state().stateDetails().flowRunId()).isEqualTo(FLOW_RUN);
    assertThat(set.times()).isEqualTo(new RunTimes(1, NOW, null, Duration.ZERO, NOW, null));
    assertThat(set.flowRunRunCount()).isZero();
  }

  @Test
  void a_background_task_starts_out_scheduled() {
    ProposedState scheduled = new ProposedState(SCHEDULED, null, null, null, DEFERRED);
    Result result = nothing().when(create(null, "extract-0", null, scheduled));
    TaskRunStateSet set = (TaskRunStateSet) result.events().getLast();
    assertThat(set.state().stateDetails()).isEqualTo(DEFERRED.at(NOW).ofRuns(null, SERVER_MADE));
    assertThat(set.times()).isEqualTo(new RunTimes(0, null, null, Duration.ZERO, NOW, NOW));
  }

  @Test
  void every_running_state_is_a_run() {
    TaskRunStateSet set = runIn(RUNNING).withTimes(started(1)).propose(RUNNING, "Again").accepted();
    assertThat(set.times().runCount()).isEqualTo(2);
    assertThat(set.times().startTime()).isEqualTo(NOW.minusSeconds(1));
    assertThat(set.times().totalRunTime()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void an_end_is_noted_and_forgotten_when_the_run_starts_over() {
    RunTimes ended = runIn(RUNNING).withTimes(started(1)).propose(FAILED).accepted().times();
    assertThat(ended.endTime()).isEqualTo(NOW);
    RunTimes again = runIn(FAILED).withTimes(ended).propose(RUNNING).accepted().times();
    assertThat(again.endTime()).isNull();
    assertThat(again.startTime()).isEqualTo(NOW.minusSeconds(1));
  }

  private static RunTimes started(int runCount) {
    return new RunTimes(runCount, NOW.minusSeconds(1), null, Duration.ZERO, NOW, null);
  }

  @Test
  void states_tell_which_runs_they_belong_to() {
    UUID claimed = new UUID(4, 4);
    TaskRunStateSet set =
        runIn(PENDING)
            .inFlow(RUNNING)
            .propose(RUNNING, StateDetails.NONE.ofRuns(claimed, claimed))
            .accepted();
    assertThat(set.state().stateDetails().flowRunId()).isEqualTo(FLOW_RUN);
    assertThat(set.state().stateDetails().taskRunId()).isEqualTo(RUN);
  }

  @Test
  void data_that_is_not_kept_is_told_once() {
    Result told = runIn(RUNNING).proposeWithData(COMPLETED, "{\"type\":\"unpersisted\"}");
    assertThat(told.accepted().state().data()).isEqualTo(json("{\"type\":\"unpersisted\"}"));
    Result later = runIn(COMPLETED).withData("{\"type\":\"unpersisted\"}").propose(CRASHED);
    assertThat(((Answer) Objects.requireNonNull(later.answer())).state())
        .extracting(State::data)
        .isNull();
  }

  @Test
  void force_asks_no_rules() {
    runIn(COMPLETED).withData("{\"type\":\"reference\"}").force(PENDING).accepted();
    runIn(CANCELLED).inFlow(FAILED).force(RUNNING).accepted();
  }

  @Test
  void force_does_not_help_background_tasks() {
    runIn(RUNNING)
        .force(new ProposedState(PENDING, null, null, null, DEFERRED))
        .refused(
            ProposalStatus.ABORT,
            "OnlyOneWorkerMayTakeATask",
            "This run is in a RUNNING state and cannot transition to a PENDING state.");
  }

  @Test
  void a_run_is_renamed() {
    assertThat(run().when(new RenameTaskRun(RUN, Change.to("new"))).only(TaskRunRenamed.class))
        .isEqualTo(new TaskRunRenamed(RUN, "new"));
    assertThat(run().when(new RenameTaskRun(RUN, Change.to(null))).only(TaskRunRenamed.class))
        .isEqualTo(new TaskRunRenamed(RUN, "spare-name-0"));
    assertThat(run().when(new RenameTaskRun(RUN, Change.none())).events()).isEmpty();
  }

  @Test
  void a_run_is_deleted() {
    run().when(new DeleteTaskRun(RUN)).only(TaskRunDeleted.class);
  }

  @Test
  void what_is_missing_is_said_in_the_words_of_each_route() {
    assertThat(
            nothing()
                .refusalOf(
                    new SetTaskRunState(RUN, ProposedState.of(RUNNING), false, Client.UNKNOWN)))
        .isEqualTo(new Refusal(Kind.OBJECT_NOT_FOUND, "Task run with id " + RUN + " not found"));
    assertThat(nothing().refusalOf(new RenameTaskRun(RUN, Change.to("new"))))
        .isEqualTo(new Refusal(Kind.NOT_FOUND, "Task run not found"));
    assertThat(nothing().refusalOf(new DeleteTaskRun(RUN)))
        .isEqualTo(new Refusal(Kind.NOT_FOUND, "Task not found"));
  }

  @Test
  void a_deleted_run_is_missing() {
    assertThat(run().and(new TaskRunDeleted(RUN)).refusalOf(new DeleteTaskRun(RUN)))
        .isEqualTo(new Refusal(Kind.NOT_FOUND, "Task not found"));
  }

  private static TaskRunCreated created(Result result) {
    return (TaskRunCreated) result.events().getFirst();
  }
}
