package io.annals.command.flowrun;

import static io.annals.command.flowrun.FlowRunFixture.DEPLOYMENT;
import static io.annals.command.flowrun.FlowRunFixture.FLOW;
import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.PARENT;
import static io.annals.command.flowrun.FlowRunFixture.RUN;
import static io.annals.command.flowrun.FlowRunFixture.json;
import static io.annals.command.flowrun.FlowRunFixture.nothing;
import static io.annals.command.flowrun.FlowRunFixture.object;
import static io.annals.command.flowrun.FlowRunFixture.run;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Change;
import io.annals.command.decision.Created;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteEndedFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRunInput;
import io.annals.command.flowrun.FlowRunCommand.LabelFlowRun;
import io.annals.command.flowrun.FlowRunCommand.ResumeFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.flowrun.FlowRunCommand.StoreFlowRunInput;
import io.annals.command.flowrun.FlowRunCommand.UpdateFlowRun;
import io.annals.command.flowrun.FlowRunFixture.Result;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunDeleted;
import io.annals.events.flowrun.FlowRunEvent.FlowRunFlowVersionSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInfrastructureAssigned;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputDeleted;
import io.annals.events.flowrun.FlowRunEvent.FlowRunInputStored;
import io.annals.events.flowrun.FlowRunEvent.FlowRunJobVariablesSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunLabelled;
import io.annals.events.flowrun.FlowRunEvent.FlowRunParametersSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunPolicySet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunRenamed;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.flowrun.FlowRunEvent.FlowRunTagged;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

class FlowRunDeciderTest {
  private static final UUID NEW = new UUID(7, 100);

  @Test
  void a_new_run_is_pending_and_takes_labels_over_from_its_flow() {
    Result result = nothing().when(creation(null, null, null));
    FlowRunCreated created = (FlowRunCreated) result.events().getFirst();
    assertThat(created.flowRunId()).isEqualTo(NEW);
    assertThat(created.name()).isEqualTo("spare-name-0");
    assertThat(created.labels())
        .isEqualTo(json("{\"team\":\"mine\",\"prefect.flow.id\":\"" + FLOW + "\"}"));
    FlowRunStateSet first = (FlowRunStateSet) result.events().getLast();
    assertThat(first.state().type()).isEqualTo(StateType.PENDING);
    assertThat(first.state().timestamp()).isEqualTo(NOW);
    assertThat(first.state().stateDetails().flowRunId()).isEqualTo(NEW);
    assertThat(first.times().expectedStartTime()).isEqualTo(NOW);
    assertThat(result.events()).hasSize(2);
    assertThat(result.faces().getLast()).isNotNull();
    assertThat(result.answer()).isEqualTo(new Created(NEW, true));
  }

  @Test
  void a_new_run_of_a_deployment_takes_labels_over_from_that_and_not_from_its_flow() {
    Result result = nothing().when(creation(DEPLOYMENT));
    FlowRunCreated created = (FlowRunCreated) result.events().getFirst();
    assertThat(created.labels())
        .isEqualTo(
            json(
                """
                {"stage": "test", "team": "mine", "prefect.deployment.id": "%s", "prefect.flow.id": "%s"}
                """
                    .formatted(DEPLOYMENT, FLOW)));
  }

  @Test
  void a_new_run_keeps_the_name_and_the_state_it_was_given() {
    Result result = nothing().when(creation("my-run", null, ProposedState.of(StateType.SCHEDULED)));
    assertThat(((FlowRunCreated) result.events().getFirst()).name()).isEqualTo("my-run");
    FlowRunStateSet first = (FlowRunStateSet) result.events().getLast();
    assertThat(first.times().nextScheduledStartTime()).isEqualTo(NOW);
  }

  @Test
  void an_idempotency_key_stands_for_the_run_that_used_it_first() {
    Result result = nothing().withKey("key", RUN).when(creation(null, "key", null));
    assertThat(result.events()).isEmpty();
    assertThat(result.answer()).isEqualTo(new Created(RUN, false));
  }

  @Test
  void an_idempotency_key_that_is_free_is_taken() {
    Result result = nothing().when(creation(null, "key", null));
    assertThat(((FlowRunCreated) result.events().getFirst()).idempotencyKey()).isEqualTo("key");
  }

  @Test
  void a_run_of_an_unknown_flow_is_refused() {
    CreateFlowRun known = creation(null, null, null);
    CreateFlowRun unknown =
        new CreateFlowRun(
            new UUID(0, 0),
            null,
            null,
            null,
            null,
            null,
            null,
            known.parameters(),
            null,
            known.context(),
            known.empiricalPolicy(),
            List.of(),
            known.labels(),
            null,
            null,
            known.jobVariables(),
            null,
            null,
            Client.UNKNOWN);
    assertThat(nothing().refusalOf(unknown))
        .isEqualTo(
            new Refusal(
                Kind.CONFLICT,
                "Data integrity conflict. This usually means a unique or foreign key constraint"
                    + " was violated. See server logs for details."));
  }

  @Test
  void a_subflow_shows_each_state_on_its_parent_task() {
    Result result = runIn(StateType.PENDING).subflow().propose(StateType.RUNNING);
    State own = result.accepted().state();
    assertThat(own.stateDetails().taskRunId()).isEqualTo(PARENT);
    assertThat(result.copiedToParent()).hasSize(1);
    State copy = result.copiedToParent().getFirst();
    assertThat(copy.id()).isNotEqualTo(own.id());
    assertThat(copy.type()).isEqualTo(StateType.RUNNING);
    assertThat(copy.stateDetails().childFlowRunId()).isEqualTo(RUN);
  }

  @Test
  void a_subflow_shows_no_refusals_on_its_parent_task() {
    Result result = runIn(StateType.PENDING).subflow().propose(StateType.PENDING);
    assertThat(result.copiedToParent()).isEmpty();
  }

  @Test
  void states_of_a_run_never_share_a_timestamp() {
    State pending =
        new State(new UUID(5, 6), StateType.PENDING, "Pending", NOW, null, null, StateDetails.NONE);
    FlowRunStateSet given =
        new FlowRunStateSet(
            RUN,
            pending,
            StateType.PENDING,
            ProposalStatus.ACCEPT,
            null,
            null,
            RunTimes.NONE,
            EmpiricalPolicy.DEFAULT);
    Result result = run().and(given).propose(StateType.RUNNING);
    assertThat(result.only(FlowRunStateSet.class).state().timestamp())
        .isEqualTo(NOW.plus(1, ChronoUnit.MICROS));
  }

  @Test
  void the_run_that_continues_after_a_blocking_pause_is_counted_but_the_next_one_is_not() {
    FlowRunStateSet resumed =
        runIn(StateType.PAUSED).withRunCount(1).propose(StateType.RUNNING).accepted();
    assertThat(resumed.times().runCount()).isEqualTo(2);
    FlowRunStateSet next =
        runIn(StateType.PENDING)
            .withRunCount(2)
            .withPolicy(resumed.empiricalPolicy())
            .propose(StateType.RUNNING)
            .accepted();
    assertThat(next.times().runCount()).isEqualTo(2);
    assertThat(next.empiricalPolicy().resuming()).isFalse();
  }

  @Test
  void a_run_is_changed_by_one_event_for_each_field_that_was_given() {
    EmpiricalPolicy policy = EmpiricalPolicy.DEFAULT.retriedAs("in_process");
    UpdateFlowRun update =
        new UpdateFlowRun(
            RUN,
            Change.to("new-name"),
            Change.to("v2"),
            Change.to(json("{\"x\":1}")),
            Change.to(policy),
            Change.to(List.of("a")),
            Change.to("host:1"),
            Change.none());
    assertThat(runIn(StateType.RUNNING).when(update).events())
        .containsExactly(
            new FlowRunRenamed(RUN, "new-name"),
            new FlowRunFlowVersionSet(RUN, "v2"),
            new FlowRunParametersSet(RUN, json("{\"x\":1}")),
            new FlowRunPolicySet(RUN, policy),
            new FlowRunTagged(RUN, List.of("a")),
            new FlowRunInfrastructureAssigned(RUN, "host:1"));
  }

  @Test
  void nothing_given_changes_nothing() {
    assertThat(runIn(StateType.RUNNING).when(update(Change.none(), Change.none())).events())
        .isEmpty();
  }

  @Test
  void a_name_that_is_taken_away_is_replaced_by_a_new_one() {
    assertThat(runIn(StateType.RUNNING).when(update(Change.to(null), Change.none())).events())
        .containsExactly(new FlowRunRenamed(RUN, "spare-name-0"));
  }

  @Test
  void job_variables_change_while_a_run_of_a_deployment_is_scheduled() {
    UpdateFlowRun update = update(Change.none(), Change.to(object("{\"cpu\":2}")));
    assertThat(runIn(StateType.SCHEDULED).deployed().when(update).events())
        .containsExactly(new FlowRunJobVariablesSet(RUN, json("{\"cpu\":2}")));
  }

  @Test
  void job_variables_cannot_change_otherwise() {
    UpdateFlowRun update = update(Change.none(), Change.to(object("{\"cpu\":2}")));
    assertThat(run().deployed().refusalOf(update))
        .isEqualTo(
            new Refusal(
                Kind.BAD_REQUEST,
                "Flow run state is required to update job variables but none exists"));
    assertThat(runIn(StateType.RUNNING).deployed().refusalOf(update))
        .isEqualTo(
            new Refusal(
                Kind.BAD_REQUEST,
                "Job variables for a flow run in state RUNNING cannot be updated"));
    assertThat(runIn(StateType.SCHEDULED).refusalOf(update))
        .isEqualTo(
            new Refusal(Kind.BAD_REQUEST, "A deployment for the flow run could not be found"));
  }

  @Test
  void job_variables_can_always_be_taken_away() {
    assertThat(runIn(StateType.RUNNING).when(update(Change.none(), Change.to(null))).events())
        .containsExactly(new FlowRunJobVariablesSet(RUN, NullNode.getInstance()));
  }

  @Test
  void labels_are_merged() {
    assertThat(
            runIn(StateType.RUNNING)
                .when(new LabelFlowRun(RUN, object("{\"team\":\"ops\",\"n\":1}")))
                .events())
        .containsExactly(new FlowRunLabelled(RUN, json("{\"team\":\"ops\",\"n\":1}")));
    assertThat(runIn(StateType.RUNNING).when(new LabelFlowRun(RUN, object("{\"n\":1}"))).events())
        .containsExactly(new FlowRunLabelled(RUN, json("{\"team\":\"data\",\"n\":1}")));
  }

  @Test
  void an_input_is_stored_once_for_each_key() {
    StoreFlowRunInput store = new StoreFlowRunInput(RUN, "key", "1", "me");
    assertThat(run().when(store).events())
        .containsExactly(new FlowRunInputStored(RUN, new UUID(7, 100), "key", "1", "me"));
    assertThat(run().and(input("key")).refusalOf(store))
        .isEqualTo(new Refusal(Kind.CONFLICT, "A flow run input with this key already exists."));
  }

  @Test
  void a_key_is_free_again_when_its_input_was_deleted() {
    DeleteFlowRunInput delete = new DeleteFlowRunInput(RUN, "key");
    FlowRunInputDeleted deleted = new FlowRunInputDeleted(RUN, "key");
    assertThat(run().and(input("key")).when(delete).events()).containsExactly(deleted);
    assertThat(run().refusalOf(delete))
        .isEqualTo(new Refusal(Kind.NOT_FOUND, "Flow run input not found"));
    StoreFlowRunInput again = new StoreFlowRunInput(RUN, "key", "2", null);
    assertThat(run().and(input("key")).and(deleted).when(again).events()).hasSize(1);
  }

  @Test
  void a_deleted_run_is_gone() {
    assertThat(runIn(StateType.RUNNING).when(new DeleteFlowRun(RUN)).events())
        .containsExactly(new FlowRunDeleted(RUN));
    assertThat(run().and(new FlowRunDeleted(RUN)).refusalOf(new DeleteFlowRun(RUN)))
        .isEqualTo(new Refusal(Kind.NOT_FOUND, "Flow run not found"));
  }

  @Test
  void a_run_that_was_over_is_deleted_only_if_it_still_is() {
    DeleteEndedFlowRun delete = new DeleteEndedFlowRun(RUN, NOW);
    Instant before = NOW.minus(1, ChronoUnit.MICROS);
    for (StateType type : StateType.values()) {
      FlowRunFixture ended = runIn(type).withEnd(before);
      if (type.isTerminal()) {
        assertThat(ended.when(delete).events()).containsExactly(new FlowRunDeleted(RUN));
      } else {
        assertThat(ended.refusalOf(delete)).isEqualTo(FlowRunRefusals.NOT_OVER);
      }
    }
    assertThat(runIn(StateType.FAILED).withEnd(NOW).refusalOf(delete))
        .as("one that was started again and has ended again")
        .isEqualTo(FlowRunRefusals.NOT_OVER);
    assertThat(runIn(StateType.FAILED).refusalOf(delete)).isEqualTo(FlowRunRefusals.NOT_OVER);
    assertThat(nothing().refusalOf(delete).kind()).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void a_missing_run_is_missed_where_prefect_looks_for_it() {
    ProposedState running = ProposedState.of(StateType.RUNNING);
    Refusal below = new Refusal(Kind.OBJECT_NOT_FOUND, "Flow run with id " + RUN + " not found");
    Refusal atTheRoute = new Refusal(Kind.NOT_FOUND, "Flow run not found");
    assertThat(nothing().refusalOf(new SetFlowRunState(RUN, running, false, Client.UNKNOWN)))
        .isEqualTo(below);
    assertThat(nothing().refusalOf(new LabelFlowRun(RUN, object("{}")))).isEqualTo(below);
    assertThat(nothing().refusalOf(new ResumeFlowRun(RUN, null, Client.UNKNOWN))).isEqualTo(below);
    assertThat(nothing().refusalOf(update(Change.none(), Change.none()))).isEqualTo(atTheRoute);
    assertThat(nothing().refusalOf(new StoreFlowRunInput(RUN, "k", "v", null)))
        .isEqualTo(atTheRoute);
    assertThat(nothing().refusalOf(new DeleteFlowRunInput(RUN, "k")))
        .isEqualTo(new Refusal(Kind.NOT_FOUND, "Flow run input not found"));
  }

  private static FlowRunInputStored input(String key) {
    return new FlowRunInputStored(RUN, new UUID(9, 9), key, "1", null);
  }

  private static UpdateFlowRun update(
      Change<@Nullable String> name, Change<@Nullable JsonNode> jobVariables) {
    return new UpdateFlowRun(
        RUN,
        name,
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        jobVariables);
  }

  private static CreateFlowRun creation(
      @Nullable String name, @Nullable String key, @Nullable ProposedState state) {
    return creation(name, null, key, state);
  }

  private static CreateFlowRun creation(UUID deploymentId) {
    return creation(null, deploymentId, null, null);
  }

  private static CreateFlowRun creation(
      @Nullable String name,
      @Nullable UUID deploymentId,
      @Nullable String key,
      @Nullable ProposedState state) {
    return new CreateFlowRun(
        FLOW,
        name,
        deploymentId,
        null,
        null,
        null,
        "v1",
        json("{}"),
        key,
        json("{}"),
        EmpiricalPolicy.DEFAULT,
        List.of("tag"),
        object("{\"team\":\"mine\"}"),
        null,
        null,
        json("{}"),
        null,
        state,
        Client.UNKNOWN);
  }
}
