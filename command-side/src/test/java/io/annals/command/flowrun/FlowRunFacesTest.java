package io.annals.command.flowrun;

import static io.annals.command.flowrun.FlowRunFixture.FIRST_STATE;
import static io.annals.command.flowrun.FlowRunFixture.FLOW;
import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.PARENT;
import static io.annals.command.flowrun.FlowRunFixture.RUN;
import static io.annals.command.flowrun.FlowRunFixture.json;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.flowrun.FindWorkQueue.WorkQueueFacts;
import io.annals.command.flowrun.FlowRunFaces.Surroundings;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.log.Face;
import io.annals.events.state.CreatedBy;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlowRunFacesTest {
  @Test
  void a_state_is_an_event_of_its_own_id_and_time() {
    FlowRunFixture.Result result = runIn(StateType.PENDING).propose(StateType.RUNNING);
    State state = result.accepted().state();
    Face face = Objects.requireNonNull(result.faces().getFirst());
    assertThat(face.id()).isEqualTo(state.id());
    assertThat(face.occurred()).isEqualTo(state.timestamp());
    assertThat(face.event()).isEqualTo("prefect.flow-run.Running");
    assertThat(face.resource())
        .containsExactly(
            Map.entry("prefect.resource.id", "prefect.flow-run." + RUN),
            Map.entry("prefect.resource.name", "brave-otter"),
            Map.entry("prefect.run-count", "1"),
            Map.entry("prefect.state-message", ""),
            Map.entry("prefect.state-name", "Running"),
            Map.entry("prefect.state-timestamp", "2026-11-24T12:00:00+00:00"),
            Map.entry("prefect.state-type", "RUNNING"));
    assertThat(face.payload())
        .isEqualTo(
            json(
                """
                {"intended":{"from":"PENDING","to":"RUNNING"},
                 "initial_state":{"type":"PENDING","name":"Pending"},
                 "validated_state":{"type":"RUNNING","name":"Running"}}
                """));
    assertThat(face.follows()).isEqualTo(FIRST_STATE);
  }

  @Test
  void a_subflow_is_related_to_its_flow_its_parent_and_the_tags_of_all_of_them() {
    FlowRunFixture.Result result = runIn(StateType.PENDING).subflow().propose(StateType.RUNNING);
    assertThat(Objects.requireNonNull(result.faces().getFirst()).related())
        .containsExactly(
            related("prefect.flow." + FLOW, "flow", "etl"),
            related("prefect.task-run." + PARENT, "task-run", "etl-0"),
            related("prefect.tag.flow-tag", "tag", null),
            related("prefect.tag.run-tag", "tag", null),
            related("prefect.tag.task-tag", "tag", null));
  }

  @Test
  void what_made_a_run_is_related_when_it_can_be_looked_up() {
    UUID id = new UUID(9, 9);
    assertThat(creatorOf(new CreatedBy(id, "AUTOMATION", "nightly")))
        .containsExactly(related("prefect.automation." + id, "creator", "nightly"));
    assertThat(creatorOf(new CreatedBy(id, "DEPLOYMENT", null)))
        .containsExactly(related("prefect.deployment." + id, "creator", null));
    assertThat(creatorOf(new CreatedBy(id, "SCHEDULE", "cron"))).isEmpty();
    assertThat(creatorOf(null)).isEmpty();
  }

  @Test
  void a_run_in_a_queue_is_related_to_it_and_to_its_pool() {
    UUID queue = new UUID(8, 1);
    UUID pool = new UUID(8, 2);
    WorkQueueFacts facts = new WorkQueueFacts(queue, "urgent", pool, "vms", "process");
    Face face =
        face(null, null, StateType.PENDING, null, new Surroundings(null, null, facts, null));
    assertThat(face.related().get(0))
        .isEqualTo(related("prefect.work-queue." + queue, "work-queue", "urgent"));
    assertThat(face.related().get(1))
        .containsAllEntriesOf(related("prefect.work-pool." + pool, "work-pool", "vms"))
        .containsEntry("prefect.work-pool.type", "process");
  }

  @Test
  void a_first_state_comes_from_nothing() {
    Face face = face(null, null, StateType.PAUSED, "why");
    assertThat(face.follows()).isNull();
    assertThat(face.payload())
        .isEqualTo(
            json(
                """
                {"intended":{"from":null,"to":"PAUSED"},
                 "initial_state":null,
                 "validated_state":{"type":"PAUSED","name":"Paused","message":"why",
                   "pause_reschedule":"false"}}
                """));
  }

  @Test
  void an_event_follows_the_one_before_only_within_five_minutes() {
    assertThat(face(null, before(299), StateType.RUNNING, null).follows()).isNotNull();
    assertThat(face(null, before(300), StateType.RUNNING, null).follows()).isNull();
    assertThat(face(null, before(-299), StateType.RUNNING, null).follows()).isNotNull();
    assertThat(face(null, before(-300), StateType.RUNNING, null).follows()).isNull();
  }

  @Test
  void a_long_message_loses_its_middle() {
    String kept = "x".repeat(FlowRunFaces.MAX_MESSAGE_LENGTH);
    assertThat(FlowRunFaces.shortened(kept)).isSameAs(kept);
    String barelyTooLong = kept + "y";
    assertThat(FlowRunFaces.shortened(barelyTooLong)).isSameAs(barelyTooLong);
    String half = "x".repeat(FlowRunFaces.MAX_MESSAGE_LENGTH / 2);
    assertThat(FlowRunFaces.shortened(half + "-".repeat(1000) + half))
        .isEqualTo(half + "...1000 additional characters..." + half);
  }

  @Test
  void lengths_count_characters_not_halves_of_them() {
    String pandas = "\uD83D\uDC3C".repeat(FlowRunFaces.MAX_MESSAGE_LENGTH);
    assertThat(FlowRunFaces.shortened(pandas)).isSameAs(pandas);
  }

  @Test
  void moments_are_written_as_python_writes_them() {
    assertThat(FlowRunFaces.isoFormat(NOW)).isEqualTo("2026-11-24T12:00:00+00:00");
    assertThat(FlowRunFaces.isoFormat(Instant.parse("2026-11-24T12:00:00.00012Z")))
        .isEqualTo("2026-11-24T12:00:00.000120+00:00");
  }

  private static List<Map<String, String>> creatorOf(@Nullable CreatedBy createdBy) {
    return face(createdBy, null, StateType.PENDING, null).related();
  }

  private static Face face(
      @Nullable CreatedBy createdBy, @Nullable State left, StateType type, @Nullable String why) {
    return face(createdBy, left, type, why, new Surroundings(null, null, null, null));
  }

  private static Face face(
      @Nullable CreatedBy createdBy,
      @Nullable State left,
      StateType type,
      @Nullable String why,
      Surroundings surroundings) {
    State state =
        new ProposedState(type, null, why, null, StateDetails.NONE).stamped(new UUID(1, 2), NOW);
    FlowRunStateSet set =
        new FlowRunStateSet(
            RUN,
            state,
            type,
            ProposalStatus.ACCEPT,
            null,
            null,
            RunTimes.NONE,
            EmpiricalPolicy.DEFAULT);
    FlowRun run = Objects.requireNonNull(FlowRun.evolve(created(createdBy), set));
    return FlowRunFaces.stateSet(run, left, set, surroundings);
  }

  private static @Nullable FlowRun created(@Nullable CreatedBy createdBy) {
    return FlowRun.evolve(
        null,
        new FlowRunCreated(
            RUN,
            FLOW,
            "brave-otter",
            null,
            null,
            null,
            null,
            null,
            json("{}"),
            null,
            json("{}"),
            EmpiricalPolicy.DEFAULT,
            List.of(),
            json("{}"),
            null,
            false,
            null,
            null,
            json("{}"),
            createdBy));
  }

  private static State before(int seconds) {
    return ProposedState.of(StateType.PENDING).stamped(new UUID(1, 1), NOW.minusSeconds(seconds));
  }

  private static Map<String, String> related(String id, String role, @Nullable String name) {
    return name == null
        ? Map.of("prefect.resource.id", id, "prefect.resource.role", role)
        : Map.of(
            "prefect.resource.id",
            id,
            "prefect.resource.role",
            role,
            "prefect.resource.name",
            name);
  }
}
