package io.annals.command.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.concurrency.ConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitHandler;
import io.annals.command.concurrency.SilentLimits;
import io.annals.command.decision.Change;
import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.deployment.DeploymentCommand.AddSchedules;
import io.annals.command.deployment.DeploymentCommand.ChangeSchedule;
import io.annals.command.deployment.DeploymentCommand.DeleteDeployment;
import io.annals.command.deployment.DeploymentCommand.DeployFlow;
import io.annals.command.deployment.DeploymentCommand.NewSchedule;
import io.annals.command.deployment.DeploymentCommand.PauseDeployment;
import io.annals.command.deployment.DeploymentCommand.RemoveSchedule;
import io.annals.command.deployment.DeploymentCommand.ResumeDeployment;
import io.annals.command.deployment.DeploymentCommand.ScheduleChange;
import io.annals.command.deployment.DeploymentCommand.SetDeploymentStatus;
import io.annals.command.deployment.DeploymentCommand.UpdateDeployment;
import io.annals.command.deployment.FindConcurrencyLimit.LimitFacts;
import io.annals.command.entity.EntityFixture;
import io.annals.command.flowrun.FindFlow.FlowFacts;
import io.annals.command.flowrun.TakeBackRuns.Which;
import io.annals.command.parameter.Hydration;
import io.annals.command.schema.JudgeJson.Fit;
import io.annals.events.concurrency.ConcurrencyLimitEvent;
import io.annals.events.deployment.DeploymentDefinition;
import io.annals.events.deployment.DeploymentEvent;
import io.annals.events.deployment.DeploymentEvent.DeploymentCreated;
import io.annals.events.deployment.DeploymentEvent.DeploymentDeleted;
import io.annals.events.deployment.DeploymentEvent.DeploymentPaused;
import io.annals.events.deployment.DeploymentEvent.DeploymentResumed;
import io.annals.events.deployment.DeploymentEvent.DeploymentScheduleRemoved;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesAdded;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesChanged;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesReplaced;
import io.annals.events.deployment.DeploymentEvent.DeploymentStatusSet;
import io.annals.events.deployment.DeploymentEvent.DeploymentUpdated;
import io.annals.events.deployment.DeploymentSchedule;
import io.annals.events.deployment.DeploymentStatus;
import io.annals.events.log.Face;
import io.annals.events.schedule.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class DeploymentHandlerTest {
  private static final UUID ID = new UUID(1, 1);
  private static final UUID FLOW = new UUID(2, 2);
  private static final UUID NEW = EntityFixture.newId();
  private static final UUID QUEUE = new UUID(3, 3);
  private static final UUID POOL = new UUID(4, 4);
  private static final UUID LIMIT = new UUID(5, 5);
  private static final UUID ADDED_QUEUE = new UUID(6, 6);
  private static final Schedule DAILY = new Schedule.CronSchedule("0 9 * * *", null, true);
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();
  private static final JsonNode LABELS =
      object("{\"team\":\"data\",\"prefect.flow.id\":\"" + FLOW + "\"}");
  private static final DeploymentDefinition BLANK = with(DefinitionChange.BLANK, null, null);
  private static final DeploymentCreated CREATED =
      new DeploymentCreated(ID, FLOW, "nightly", BLANK);

  private final EntityFixture<Deployment, DeploymentEvent> deployments =
      new EntityFixture<>(Deployment.KIND, DeploymentRefusals.MISSING);
  private final EntityFixture<ConcurrencyLimit, ConcurrencyLimitEvent> limits =
      new EntityFixture<>(ConcurrencyLimit.KIND, ConcurrencyLimitHandler.MISSING);
  private final Map<String, UUID> names = new HashMap<>();
  private final Map<UUID, LimitFacts> knownLimits = new HashMap<>();
  private final List<Which> takenBack = new ArrayList<>();
  private Fit fit = new Fit.Fits();

  DeploymentHandlerTest() {
    limits.handledBy(
        entities -> {
          SilentLimits silent = new SilentLimits(entities, limits.ids());
          deployments.handledBy(
              own ->
                  new DeploymentHandler(own, ports(silent), new KeyedLocks(), deployments.ids()));
          return new Object();
        });
    limits.given();
  }

  private DeploymentPorts ports(SilentLimits silent) {
    return new DeploymentPorts(
        (flowId, name) -> Optional.ofNullable(names.get(name)),
        id ->
            id.equals(FLOW)
                ? Optional.of(new FlowFacts(FLOW, "etl", List.of(), object("{\"team\":\"data\"}")))
                : Optional.empty(),
        new OnePool(),
        new AddWorkQueue() {
          @Override
          public UUID to(UUID workPoolId, String workQueueName) {
            return ADDED_QUEUE;
          }

          @Override
          public UUID agentPool() {
            return new UUID(8, 8);
          }
        },
        id -> Optional.empty(),
        id -> Optional.ofNullable(knownLimits.get(id)),
        silent,
        (deploymentId, which) -> takenBack.add(which),
        (schema, value) -> fit,
        new JobVariables(
            (schema, value) -> fit, schema -> Optional.empty(), id -> Optional.empty()),
        new Hydration(name -> Optional.empty()));
  }

  /** A pool with a default queue. */
  private static final class OnePool implements FindWorkPlace {
    private static final WorkPlace PLACE =
        new WorkPlace(
            QUEUE,
            "default",
            POOL,
            "vms",
            "process",
            object("{\"variables\":{\"type\":\"object\"}}"));

    @Override
    public Optional<WorkPlace> ofQueue(UUID workQueueId) {
      return workQueueId.equals(QUEUE) ? Optional.of(PLACE) : Optional.empty();
    }

    @Override
    public Optional<WorkPlace> ofNames(String workPoolName, String workQueueName) {
      return workPoolName.equals("vms") && workQueueName.equals("default")
          ? Optional.of(PLACE)
          : Optional.empty();
    }

    @Override
    public Optional<Pool> pool(String workPoolName) {
      return workPoolName.equals("vms")
          ? Optional.of(new Pool(POOL, "vms", "process", PLACE.baseJobTemplate(), QUEUE))
          : Optional.empty();
    }
  }

  @Test
  void a_flow_is_deployed_with_the_labels_of_the_flow() {
    deployments
        .given()
        .when(deploy(List.of(), "{}"))
        .expectEvents(new DeploymentCreated(NEW, FLOW, "nightly", BLANK))
        .expectResultMessagePayload(new Created(NEW, true));
    deployments.expectFace(NEW, "prefect.deployment.created", "{}");
    assertThat(related(NEW)).containsExactly("flow:prefect.flow." + FLOW);
    assertThat(takenBack).isEmpty();
  }

  @Test
  void a_deployment_needs_its_flow() {
    deployments
        .given()
        .when(new DeployFlow(new UUID(9, 9), "nightly", changes("{}"), List.of()))
        .expectNoEvents()
        .expectExceptionMessage(Refusal.INTEGRITY.text());
  }

  @Test
  void schedules_come_with_the_deployment() {
    deployments
        .given()
        .when(deploy(List.of(schedule("a")), "{}"))
        .expectEvents(
            new DeploymentCreated(NEW, FLOW, "nightly", BLANK),
            new DeploymentSchedulesAdded(NEW, List.of(added(new UUID(7, 101), "a"))));
  }

  @Test
  void deploying_again_keeps_what_is_not_sent_and_replaces_the_schedules() {
    names.put("nightly", ID);
    deployments
        .given(CREATED, new DeploymentSchedulesAdded(ID, List.of(added(new UUID(9, 1), "a"))))
        .when(deploy(List.of(schedule("b")), "{\"description\":\"x\"}"))
        .expectEvents(
            new DeploymentUpdated(ID, with(BLANK, "x", null), List.of("description")),
            new DeploymentSchedulesReplaced(ID, List.of(added(NEW, "b"))))
        .expectResultMessagePayload(new Created(ID, false));
    assertThat(takenBack).containsExactly(Which.PLANNED_AHEAD);
  }

  @Test
  void deploying_the_same_again_changes_nothing() {
    names.put("nightly", ID);
    deployments.given(CREATED).when(deploy(List.of(), "{}")).expectNoEvents();
    assertThat(takenBack).isEmpty();
  }

  @Test
  void slugs_are_unique_from_the_start() {
    deployments
        .given()
        .when(deploy(List.of(schedule("a"), schedule("a")), "{}"))
        .expectNoEvents()
        .expectExceptionMessage(Refusal.INTEGRITY.text());
  }

  @Test
  void a_pool_leads_to_its_default_queue() {
    deployments
        .given()
        .when(deploy(List.of(), "{\"work_pool_name\":\"vms\"}"))
        .expectEvents(new DeploymentCreated(NEW, FLOW, "nightly", placed(QUEUE, null)));
    assertThat(related(NEW))
        .containsExactly(
            "flow:prefect.flow." + FLOW,
            "work-queue:prefect.work-queue." + QUEUE,
            "work-pool:prefect.work-pool." + POOL);
  }

  @Test
  void a_queue_that_is_missing_is_added_and_named_at_once() {
    deployments
        .given()
        .when(deploy(List.of(), "{\"work_pool_name\":\"vms\",\"work_queue_name\":\"fast\"}"))
        .expectEvents(new DeploymentCreated(NEW, FLOW, "nightly", placed(ADDED_QUEUE, "fast")));
    assertThat(related(NEW)).contains("work-queue:prefect.work-queue." + ADDED_QUEUE);
  }

  @Test
  void a_queue_without_a_pool_is_one_for_agents() {
    deployments
        .given()
        .when(deploy(List.of(), "{\"work_queue_name\":\"old\"}"))
        .expectEvents(new DeploymentCreated(NEW, FLOW, "nightly", placed(ADDED_QUEUE, "old")));
  }

  @Test
  void an_unknown_pool_is_refused() {
    deployments
        .given()
        .when(deploy(List.of(), "{\"work_pool_name\":\"none\"}"))
        .expectNoEvents()
        .expectExceptionMessage("Work pool \"none\" not found.");
  }

  @Test
  void job_variables_have_to_be_such_as_the_pool_asks_for() {
    fit = new Fit.Differs("image", "1 is not of type 'string'");
    deployments
        .given()
        .when(deploy(List.of(), "{\"work_pool_name\":\"vms\",\"job_variables\":{\"image\":1}}"))
        .expectNoEvents()
        .expectExceptionMessage(
            "Error creating deployment: Validation failed for field 'image'. Failure reason: 1 is"
                + " not of type 'string'");
  }

  @Test
  void a_deployment_leaves_its_pool() {
    deployments
        .given(new DeploymentCreated(ID, FLOW, "nightly", placed(QUEUE, "default")))
        .when(update("{\"work_pool_name\":null}"))
        .expectEvents(new DeploymentUpdated(ID, placed(null, "default"), List.of("work_queue_id")));
  }

  @Test
  void a_limit_of_its_own_comes_with_the_deployment() {
    UUID own = EntityFixture.newId();
    deployments
        .given()
        .when(deploy(List.of(), "{\"concurrency_limit\":2}"))
        .expectEvents(new DeploymentCreated(NEW, FLOW, "nightly", with(BLANK, null, own)));
    assertThat(related(NEW))
        .containsExactly(
            "flow:prefect.flow." + FLOW, "concurrency-limit:prefect.concurrency-limit." + own);
    assertThat(limits.lastFace(own)).isEmpty();
  }

  @Test
  void a_shared_limit_is_let_go_of_and_stays() {
    knownLimits.put(LIMIT, new LimitFacts(LIMIT, "database", 9));
    deployments
        .given(new DeploymentCreated(ID, FLOW, "nightly", with(BLANK, null, LIMIT)))
        .when(update("{\"concurrency_limit\":null}"))
        .expectEvents(new DeploymentUpdated(ID, BLANK, List.of("concurrency_limit_id")));
  }

  @Test
  void an_unknown_limit_is_refused() {
    deployments
        .given(CREATED)
        .when(update("{\"global_concurrency_limit_id\":\"" + LIMIT + "\"}"))
        .expectNoEvents()
        .expectExceptionMessage("Concurrency limit not found");
  }

  @Test
  void an_update_tells_what_changed() {
    deployments
        .given(CREATED)
        .when(update("{\"description\":\"x\"}"))
        .expectEvents(new DeploymentUpdated(ID, with(BLANK, "x", null), List.of("description")));
    deployments.expectFace(
        ID,
        "prefect.deployment.updated",
        "{\"updated_fields\":[\"description\"],\"updates\":{\"description\":{\"from\":null,\"to\":\"x\"}}}");
    assertThat(takenBack).containsExactly(Which.PLANNED_AHEAD);
  }

  @Test
  void an_update_that_changes_nothing_leaves_the_plan_alone() {
    deployments.given(CREATED).when(update("{\"tags\":[]}")).expectNoEvents();
    assertThat(takenBack).isEmpty();
  }

  @Test
  void parameters_have_to_fit_the_schema_where_it_is_enforced() {
    fit = new Fit.Differs("n", "'a' is not of type 'integer'");
    deployments
        .given(CREATED)
        .when(update("{\"parameters\":{\"n\":\"a\"}}"))
        .expectNoEvents()
        .expectExceptionMessage(
            "Error updating deployment: Validation failed for field 'n'. Failure reason: 'a' is not"
                + " of type 'integer'");
  }

  @Test
  void parameters_that_become_nothing_are_refused() {
    deployments
        .given(CREATED)
        .when(update("{\"parameters\":{\"n\":{\"__prefect_kind\":\"none\"}}}"))
        .expectNoEvents()
        .expectExceptionMessage(
            "Error hydrating deployment parameters: Missing 'value' key in __prefect object");
  }

  @Test
  void a_paused_deployment_takes_back_what_was_planned() {
    deployments.given(CREATED).when(new PauseDeployment(ID)).expectEvents(new DeploymentPaused(ID));
    assertThat(deployments.lastFace(ID)).isEmpty();
    assertThat(takenBack).containsExactly(Which.PLANNED);
  }

  @Test
  void pausing_twice_and_resuming_what_runs_decides_nothing() {
    deployments
        .given(CREATED, new DeploymentPaused(ID))
        .when(new PauseDeployment(ID))
        .expectNoEvents();
    deployments.given(CREATED).when(new ResumeDeployment(ID)).expectNoEvents();
    deployments
        .given(CREATED, new DeploymentPaused(ID))
        .when(new ResumeDeployment(ID))
        .expectEvents(new DeploymentResumed(ID));
  }

  @Test
  void a_slug_is_free_once_within_a_deployment() {
    deployments
        .given(CREATED, new DeploymentSchedulesAdded(ID, List.of(added(new UUID(9, 1), "a"))))
        .when(new AddSchedules(ID, List.of(schedule("a"))))
        .expectNoEvents()
        .expectExceptionMessage("Schedule slugs must be unique within a deployment.");
  }

  @Test
  void a_schedule_is_changed_and_loses_parameters_that_are_not_sent_again() {
    UUID id = new UUID(9, 1);
    deployments
        .given(CREATED, new DeploymentSchedulesAdded(ID, List.of(added(id, "a"))))
        .when(new ChangeSchedule(ID, id, change(null, false, null)))
        .expectEvents(
            new DeploymentSchedulesChanged(
                ID, List.of(new DeploymentSchedule(id, DAILY, false, null, NOTHING, "a"))));
    assertThat(takenBack).containsExactly(Which.PLANNED_AHEAD);
  }

  @Test
  void a_removed_schedule_takes_its_runs_back_even_late_ones() {
    UUID id = new UUID(9, 1);
    deployments
        .given(CREATED, new DeploymentSchedulesAdded(ID, List.of(added(id, "a"))))
        .when(new RemoveSchedule(ID, id))
        .expectEvents(new DeploymentScheduleRemoved(ID, id));
    assertThat(takenBack).containsExactly(Which.PLANNED);
    deployments
        .given(CREATED)
        .when(new RemoveSchedule(ID, id))
        .expectExceptionMessage("Schedule not found.");
  }

  @Test
  void an_update_tells_schedules_apart_by_their_slugs() {
    UUID a = new UUID(9, 1);
    UUID b = new UUID(9, 2);
    DeploymentSchedulesAdded both =
        new DeploymentSchedulesAdded(ID, List.of(added(a, "a"), added(b, "b")));
    deployments
        .given(CREATED, both)
        .when(schedules(change("a", false, null)))
        .expectEvents(
            new DeploymentSchedulesChanged(
                ID, List.of(new DeploymentSchedule(a, DAILY, false, null, NOTHING, "a"))));
    deployments
        .given(CREATED, both)
        .when(schedules(change("c", null, "a")))
        .expectEvents(
            new DeploymentSchedulesChanged(
                ID, List.of(new DeploymentSchedule(a, DAILY, true, null, NOTHING, "c"))));
    deployments
        .given(CREATED, both)
        .when(schedules(change("b", null, "a")))
        .expectExceptionMessage(
            "Cannot rename schedule from 'a' to 'b': a schedule with slug 'b' already exists.");
    deployments
        .given(CREATED, both)
        .when(schedules(change("c", null, "a"), change("d", null, "a")))
        .expectExceptionMessage("Multiple schedules have 'replaces' targeting the same slug: a");
    deployments
        .given(CREATED, both)
        .when(schedules(change("new", null, null)))
        .expectExceptionMessage(
            "Unable to create new deployment schedules without a schedule configuration.");
    deployments
        .given(CREATED, both)
        .when(schedules(new ScheduleChange(DAILY, null, null, NOTHING, null, null)))
        .expectExceptionMessage(
            "Please provide a slug for each schedule in your request to ensure schedules are"
                + " updated correctly.");
    deployments.given(CREATED, both).when(schedules()).expectNoEvents();
  }

  @Test
  void schedules_that_change_slugs_with_each_other_are_both_renamed() {
    UUID a = new UUID(9, 1);
    UUID b = new UUID(9, 2);
    deployments
        .given(CREATED, new DeploymentSchedulesAdded(ID, List.of(added(a, "a"), added(b, "b"))))
        .when(schedules(change("b", null, "a"), change("a", null, "b")))
        .expectEvents(new DeploymentSchedulesChanged(ID, List.of(added(a, "b"), added(b, "a"))));
  }

  @Test
  void without_slugs_the_given_schedules_replace_all() {
    deployments
        .given(CREATED, new DeploymentSchedulesAdded(ID, List.of(added(new UUID(9, 1), null))))
        .when(schedules())
        .expectEvents(new DeploymentSchedulesReplaced(ID, List.of()));
  }

  @Test
  void a_change_of_the_status_is_told_once() {
    deployments
        .given(CREATED)
        .when(new SetDeploymentStatus(ID, DeploymentStatus.READY))
        .expectEvents(new DeploymentStatusSet(ID, DeploymentStatus.READY));
    deployments.expectFace(ID, "prefect.deployment.ready", "{}");
    deployments
        .given(CREATED)
        .when(new SetDeploymentStatus(ID, DeploymentStatus.NOT_READY))
        .expectNoEvents();
  }

  @Test
  void a_deleted_deployment_takes_all_runs_that_wait_along() {
    deployments
        .given(CREATED)
        .when(new DeleteDeployment(ID, true))
        .expectEvents(new DeploymentDeleted(ID, true));
    deployments.expectFace(ID, "prefect.deployment.deleted", "{}");
    assertThat(takenBack).containsExactly(Which.ALL);
    deployments
        .given(CREATED, new DeploymentDeleted(ID, true))
        .when(new DeleteDeployment(ID, true))
        .expectExceptionMessage("Deployment not found");
  }

  @Test
  void prefects_event_stream_keeps_silent_about_what_went_with_its_flow() {
    deployments
        .given(CREATED)
        .when(new DeleteDeployment(ID, false))
        .expectEvents(new DeploymentDeleted(ID, false));
    assertThat(deployments.lastFace(ID)).isEmpty();
  }

  private static DeployFlow deploy(List<NewSchedule> schedules, String changes) {
    return new DeployFlow(FLOW, "nightly", changes(changes), schedules);
  }

  private static UpdateDeployment update(String changes) {
    return new UpdateDeployment(ID, changes(changes), Change.none());
  }

  private static UpdateDeployment schedules(ScheduleChange... changes) {
    return new UpdateDeployment(ID, changes("{}"), Change.to(List.of(changes)));
  }

  private static ScheduleChange change(
      @Nullable String slug, @Nullable Boolean active, @Nullable String replaces) {
    return new ScheduleChange(null, active, null, NOTHING, slug, replaces);
  }

  private static NewSchedule schedule(String slug) {
    return new NewSchedule(DAILY, true, null, NOTHING, slug);
  }

  private static DeploymentSchedule added(UUID id, @Nullable String slug) {
    return new DeploymentSchedule(id, DAILY, true, null, NOTHING, slug);
  }

  private List<String> related(UUID id) {
    return deployments.lastFace(id).orElseThrow().related().stream()
        .map(labels -> labels.get(Face.RESOURCE_ROLE) + ":" + labels.get(Face.RESOURCE_ID))
        .toList();
  }

  /** Changes as their keys say; what these tests do not speak of is left alone. */
  private static DeploymentChanges changes(String text) {
    ObjectNode given = object(text);
    return new DeploymentChanges(
        Change.none(),
        text(given, "description"),
        given.has("tags") ? Change.to(List.of()) : Change.none(),
        Change.none(),
        given.has("parameters") ? Change.to((ObjectNode) given.get("parameters")) : Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        Change.none(),
        text(given, "work_pool_name"),
        text(given, "work_queue_name"),
        Change.none(),
        Change.none(),
        given.has("job_variables") ? Change.to(given.get("job_variables")) : Change.none(),
        given.has("concurrency_limit")
            ? Change.to(
                given.get("concurrency_limit").isNull()
                    ? null
                    : given.get("concurrency_limit").intValue())
            : Change.none(),
        given.has("global_concurrency_limit_id")
            ? Change.to(UUID.fromString(given.get("global_concurrency_limit_id").stringValue()))
            : Change.none(),
        Change.none());
  }

  private static Change<@Nullable String> text(ObjectNode given, String key) {
    return given.has(key) ? Change.to(given.get(key).stringValue(null)) : Change.none();
  }

  private static DeploymentDefinition with(
      DeploymentDefinition base, @Nullable String description, @Nullable UUID limit) {
    return definition(base, description, null, null, limit);
  }

  private static DeploymentDefinition placed(@Nullable UUID queue, @Nullable String queueName) {
    return definition(BLANK, null, queue, queueName, null);
  }

  private static DeploymentDefinition definition(
      DeploymentDefinition base,
      @Nullable String description,
      @Nullable UUID queue,
      @Nullable String queueName,
      @Nullable UUID limit) {
    return new DeploymentDefinition(
        base.version(),
        description,
        base.tags(),
        LABELS,
        base.parameters(),
        base.parameterOpenapiSchema(),
        base.enforceParameterSchema(),
        base.pullSteps(),
        base.path(),
        base.entrypoint(),
        base.paused(),
        queue,
        queueName,
        base.storageDocumentId(),
        base.infrastructureDocumentId(),
        base.jobVariables(),
        limit,
        base.concurrencyOptions());
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) Objects.requireNonNull(JsonMapper.shared().readTree(text));
  }
}
