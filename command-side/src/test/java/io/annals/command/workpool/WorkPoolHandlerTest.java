package io.annals.command.workpool;

import static io.annals.command.entity.EntityFixture.NOW;
import static io.annals.events.workpool.WorkStatus.NOT_READY;
import static io.annals.events.workpool.WorkStatus.READY;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Change;
import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.entity.EntityFixture;
import io.annals.command.workpool.WorkPoolCommand.CreateWorkPool;
import io.annals.command.workpool.WorkPoolCommand.CreateWorkQueue;
import io.annals.command.workpool.WorkPoolCommand.DeleteWorkPool;
import io.annals.command.workpool.WorkPoolCommand.DeleteWorkQueue;
import io.annals.command.workpool.WorkPoolCommand.EnsureAgentPool;
import io.annals.command.workpool.WorkPoolCommand.EnsureWorkQueue;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkPoolNotReady;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkPoolReady;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkQueueNotReady;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkQueueReady;
import io.annals.command.workpool.WorkPoolCommand.UpdateWorkPool;
import io.annals.command.workpool.WorkPoolCommand.UpdateWorkQueue;
import io.annals.events.log.DomainEvent;
import io.annals.events.log.Face;
import io.annals.events.workpool.StorageConfiguration;
import io.annals.events.workpool.WorkPoolEvent;
import io.annals.events.workpool.WorkPoolEvent.Place;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolCreated;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolDefaultQueueSet;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolDeleted;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolPaused;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolResumed;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolStatusSet;
import io.annals.events.workpool.WorkPoolEvent.WorkPoolUpdated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueCreated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueDeleted;
import io.annals.events.workpool.WorkPoolEvent.WorkQueuePaused;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueResumed;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueStatusSet;
import io.annals.events.workpool.WorkPoolEvent.WorkQueueUpdated;
import io.annals.events.workpool.WorkPoolEvent.WorkQueuesReprioritised;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class WorkPoolHandlerTest {
  private static final UUID POOL = new UUID(1, 1);
  private static final UUID DEFAULT = new UUID(1, 2);
  private static final UUID URGENT = new UUID(1, 3);
  private static final UUID SLOW = new UUID(1, 4);
  private static final UUID NEW = EntityFixture.newId();
  private static final UUID SECOND_NEW = new UUID(7, 101);
  private static final UUID THIRD_NEW = new UUID(7, 102);
  private static final ObjectNode EMPTY = JsonNodeFactory.instance.objectNode();
  private static final String DESCRIPTION = "The work pool's default queue.";

  private final EntityFixture<WorkPool, WorkPoolEvent> pools =
      new EntityFixture<>(WorkPool.KIND, WorkPoolHandler.MISSING);
  private final Map<String, UUID> names = new HashMap<>();
  private final Map<UUID, Instant> polls = new HashMap<>();
  private boolean workersOnline;
  private Optional<Refusal> templateFlaw = Optional.empty();

  WorkPoolHandlerTest() {
    pools.handledBy(
        entities ->
            new WorkPoolHandler(
                entities,
                new WorkPoolPorts(
                    name -> Optional.ofNullable(names.get(name)),
                    poolId -> workersOnline,
                    queueId -> Optional.ofNullable(polls.get(queueId)),
                    template -> templateFlaw),
                new KeyedLocks(),
                pools.ids()));
  }

  @Test
  void a_pool_comes_with_its_default_queue_and_is_not_ready() {
    pools
        .given()
        .when(create("process", false))
        .expectEvents(
            created(NEW, "process"),
            queue(NEW, SECOND_NEW, "default", DESCRIPTION, 1),
            new WorkPoolDefaultQueueSet(NEW, SECOND_NEW),
            new WorkPoolStatusSet(NEW, NOT_READY, THIRD_NEW, NOW))
        .expectResultMessagePayload(NEW);
    pools.expectFace(NEW, "prefect.work-pool.not-ready", "{}");
    assertThat(face(NEW).id()).isEqualTo(THIRD_NEW);
    assertThat(face(NEW).resource())
        .containsExactly(
            Map.entry("prefect.resource.id", "prefect.work-pool." + NEW),
            Map.entry("prefect.resource.name", "vms"),
            Map.entry("prefect.work-pool.type", "process"));
  }

  @Test
  void a_pool_is_announced_after_its_default_queue() {
    pools.given().when(create("process", false));
    List<@Nullable Face> faces = pools.faces(NEW);
    assertThat(faces.get(0)).isNull();
    assertThat(faces.subList(1, 4))
        .extracting(face -> face == null ? null : face.event())
        .containsExactly(
            "prefect.work-queue.created",
            "prefect.work-pool.created",
            "prefect.work-pool.not-ready");
    Face announced = faces.get(2);
    assertThat(announced == null ? null : announced.related())
        .containsExactly(
            Map.of(
                "prefect.resource.id",
                "prefect.work-queue." + SECOND_NEW,
                "prefect.resource.role",
                "default-queue"));
  }

  @Test
  void a_pool_may_begin_paused() {
    pools
        .given()
        .when(create("process", true))
        .expectEvents(
            created(NEW, "process"),
            queue(NEW, SECOND_NEW, "default", DESCRIPTION, 1),
            new WorkPoolDefaultQueueSet(NEW, SECOND_NEW),
            new WorkPoolPaused(NEW, THIRD_NEW, NOW));
    pools.expectFace(NEW, "prefect.work-pool.paused", "{}");
  }

  @Test
  void a_name_stands_for_one_pool() {
    names.put("vms", POOL);
    pools
        .given()
        .when(create("process", false))
        .expectNoEvents()
        .expectExceptionMessage("A work pool with this name already exists.");
  }

  @Test
  void a_template_whose_defaults_are_impossible_is_refused() {
    templateFlaw = Optional.of(new Refusal(Kind.UNPROCESSABLE, "no"));
    pools.given().when(create("process", false)).expectNoEvents().expectExceptionMessage("no");
  }

  @Test
  void the_pool_of_agents_is_set_up_silently() {
    pools
        .given()
        .when(new EnsureAgentPool())
        .expectEvents(
            new WorkPoolCreated(
                NEW,
                "default-agent-pool",
                null,
                "prefect-agent",
                EMPTY,
                null,
                StorageConfiguration.NONE),
            queue(NEW, SECOND_NEW, "default", DESCRIPTION, 1),
            new WorkPoolDefaultQueueSet(NEW, SECOND_NEW))
        .expectResultMessagePayload(new Created(NEW, true));
  }

  @Test
  void the_pool_of_agents_is_found_when_it_is_there() {
    names.put("default-agent-pool", POOL);
    pools
        .given()
        .when(new EnsureAgentPool())
        .expectNoEvents()
        .expectResultMessagePayload(new Created(POOL, false));
  }

  @Test
  void what_is_not_changed_stays() {
    pools
        .given(pool())
        .when(update(Change.to("nightly"), Change.none()))
        .expectEvents(new WorkPoolUpdated(POOL, "nightly", EMPTY, 3, StorageConfiguration.NONE));
    pools.expectFace(
        POOL,
        "prefect.work-pool.updated",
        """
        {"updated_fields":["description"],
         "updates":{"description":{"from":null,"to":"nightly"}}}
        """);
  }

  @Test
  void an_update_that_changes_nothing_is_no_event() {
    pools.given(pool()).when(update(Change.to(null), Change.none())).expectNoEvents();
  }

  @Test
  void a_pool_has_to_have_a_template() {
    pools
        .given(pool())
        .when(
            new UpdateWorkPool(
                POOL,
                Change.none(),
                Change.<@Nullable JsonNode>to(null),
                Change.none(),
                Change.none(),
                Change.none()))
        .expectNoEvents()
        .expectExceptionMessage(Refusal.INTEGRITY.text());
  }

  @Test
  void each_pause_is_told_even_the_second() {
    WorkPoolPaused first = new WorkPoolPaused(POOL, SLOW, NOW.minusSeconds(599));
    pools
        .given(with(first))
        .when(update(Change.none(), Change.to(true)))
        .expectEvents(new WorkPoolPaused(POOL, NEW, NOW));
    pools.expectFace(POOL, "prefect.work-pool.paused", "{}");
    assertThat(face(POOL).follows()).isEqualTo(SLOW);
  }

  @Test
  void a_notice_follows_the_one_before_only_within_ten_minutes() {
    pools
        .given(with(new WorkPoolPaused(POOL, SLOW, NOW.minusSeconds(600))))
        .when(update(Change.none(), Change.to(true)));
    assertThat(face(POOL).follows()).isNull();
  }

  @Test
  void a_resumed_pool_is_ready_when_workers_are_online() {
    WorkPoolPaused paused = new WorkPoolPaused(POOL, SLOW, NOW);
    pools
        .given(with(paused))
        .when(update(Change.none(), Change.to(false)))
        .expectEvents(new WorkPoolResumed(POOL, NOT_READY, NEW, NOW));
    workersOnline = true;
    pools
        .given(with(paused))
        .when(update(Change.none(), Change.to(false)))
        .expectEvents(new WorkPoolResumed(POOL, READY, SECOND_NEW, NOW));
    pools.expectFace(POOL, "prefect.work-pool.ready", "{}");
  }

  @Test
  void pauses_of_a_pool_of_agents_are_not_told() {
    DomainEvent[] agents = pool();
    agents[0] = created(POOL, "prefect-agent");
    pools
        .given(agents)
        .when(update(Change.none(), Change.to(true)))
        .expectEvents(new WorkPoolPaused(POOL, NEW, NOW));
    assertThat(pools.lastFace(POOL)).isEmpty();
  }

  @Test
  void a_pool_gets_ready_and_back_but_not_out_of_a_pause() {
    pools
        .given(pool())
        .when(new MarkWorkPoolReady(POOL))
        .expectEvents(new WorkPoolStatusSet(POOL, READY, NEW, NOW));
    WorkPoolStatusSet ready = new WorkPoolStatusSet(POOL, READY, SLOW, NOW);
    pools.given(with(ready)).when(new MarkWorkPoolReady(POOL)).expectNoEvents();
    pools
        .given(with(ready))
        .when(new MarkWorkPoolNotReady(POOL))
        .expectEvents(new WorkPoolStatusSet(POOL, NOT_READY, THIRD_NEW, NOW));
    pools
        .given(with(new WorkPoolPaused(POOL, SLOW, NOW)))
        .when(new MarkWorkPoolReady(POOL))
        .expectNoEvents();
  }

  @Test
  void a_pool_goes_after_its_queues() {
    pools
        .given(withQueues())
        .when(new DeleteWorkPool(POOL))
        .expectEvents(
            new WorkQueueDeleted(POOL, DEFAULT),
            new WorkQueueDeleted(POOL, URGENT),
            new WorkQueueDeleted(POOL, SLOW),
            new WorkPoolDeleted(POOL));
    pools.expectFace(POOL, "prefect.work-pool.deleted", "{}");
    pools
        .given(with(new WorkPoolDeleted(POOL)))
        .when(new DeleteWorkPool(POOL))
        .expectExceptionMessage("Work pool not found.");
  }

  @Test
  void a_queue_gets_the_first_free_priority() {
    pools
        .given(pool())
        .when(addQueue("urgent", null))
        .expectEvents(queue(POOL, NEW, "urgent", "", 2))
        .expectResultMessagePayload(NEW);
    pools.expectFace(POOL, "prefect.work-queue.created", "{}");
    assertThat(face(POOL).related())
        .containsExactly(
            Map.of(
                "prefect.resource.id", "prefect.work-pool." + POOL,
                "prefect.resource.role", "work-pool",
                "prefect.resource.name", "vms",
                "prefect.work-pool.type", "process"));
    pools
        .given(with(queue(POOL, URGENT, "urgent", "", 3)))
        .when(addQueue("between", null))
        .expectEvents(queue(POOL, SECOND_NEW, "between", "", 2));
  }

  @Test
  void queues_make_room_up_to_the_next_gap() {
    pools
        .given(with(queue(POOL, URGENT, "urgent", "", 2), queue(POOL, SLOW, "slow", "", 4)))
        .when(addQueue("first", 1))
        .expectEvents(
            queue(POOL, NEW, "first", "", 1),
            new WorkQueuesReprioritised(
                POOL, List.of(new Place(DEFAULT, 2), new Place(URGENT, 3))));
  }

  @Test
  void a_queue_name_stands_for_one_queue_of_the_pool() {
    pools
        .given(pool())
        .when(addQueue("default", null))
        .expectNoEvents()
        .expectExceptionMessage("A work queue with this name already exists.");
  }

  @Test
  void a_queue_that_has_to_be_there_is_found_or_added() {
    pools
        .given(pool())
        .when(new EnsureWorkQueue(POOL, "default", null))
        .expectNoEvents()
        .expectResultMessagePayload(DEFAULT);
    pools
        .given(pool())
        .when(new EnsureWorkQueue(POOL, "urgent", 1))
        .expectEvents(
            queue(POOL, SECOND_NEW, "urgent", "", 1),
            new WorkQueuesReprioritised(POOL, List.of(new Place(DEFAULT, 2))));
  }

  @Test
  void a_queue_that_moves_up_pushes_others_back() {
    pools
        .given(withQueues())
        .when(change(SLOW, Change.none(), Change.none(), Change.to(1)))
        .expectEvents(
            new WorkQueueUpdated(POOL, SLOW, "slow", "", null, 1, null),
            new WorkQueuesReprioritised(
                POOL, List.of(new Place(DEFAULT, 2), new Place(URGENT, 3))));
    assertThat(pools.faces(POOL).getLast()).isNull();
    Face updated = pools.faces(POOL).get(pools.faces(POOL).size() - 2);
    assertThat(updated == null ? null : updated.payload().toString())
        .isEqualTo(
            "{\"updated_fields\":[\"priority\"],\"updates\":{\"priority\":{\"from\":3,\"to\":1}}}");
  }

  @Test
  void a_queue_is_not_renamed_to_a_name_that_is_taken() {
    pools
        .given(withQueues())
        .when(change(SLOW, Change.to("urgent"), Change.none(), Change.none()))
        .expectNoEvents()
        .expectExceptionMessage(Refusal.INTEGRITY.text());
    pools
        .given(withQueues())
        .when(change(SLOW, Change.to("slow"), Change.none(), Change.none()))
        .expectNoEvents();
    pools
        .given(withQueues())
        .when(change(SLOW, Change.to(null), Change.none(), Change.none()))
        .expectNoEvents()
        .expectExceptionMessage(Refusal.INTEGRITY.text());
  }

  @Test
  void a_queue_is_paused_once() {
    pools
        .given(withQueues())
        .when(change(SLOW, Change.none(), Change.to(true), Change.none()))
        .expectEvents(new WorkQueuePaused(POOL, SLOW));
    pools.expectFace(POOL, "prefect.work-queue.paused", "{}");
    pools
        .given(withQueues(new WorkQueuePaused(POOL, SLOW)))
        .when(change(SLOW, Change.none(), Change.to(true), Change.none()))
        .expectNoEvents();
  }

  @Test
  void a_resumed_queue_is_ready_when_it_was_polled_within_a_minute() {
    polls.put(SLOW, NOW.minusSeconds(60));
    pools
        .given(withQueues(new WorkQueuePaused(POOL, SLOW)))
        .when(change(SLOW, Change.none(), Change.to(false), Change.none()))
        .expectEvents(new WorkQueueResumed(POOL, SLOW, READY));
    pools.expectFace(POOL, "prefect.work-queue.ready", "{}");
    polls.put(SLOW, NOW.minusSeconds(61));
    pools
        .given(withQueues(new WorkQueuePaused(POOL, SLOW)))
        .when(change(SLOW, Change.none(), Change.to(false), Change.none()))
        .expectEvents(new WorkQueueResumed(POOL, SLOW, NOT_READY));
    pools
        .given(withQueues())
        .when(change(SLOW, Change.none(), Change.to(false), Change.none()))
        .expectNoEvents();
  }

  @Test
  void a_queue_that_was_paused_from_the_start_resumes_silently() {
    polls.put(URGENT, NOW);
    pools
        .given(with(new WorkQueueCreated(POOL, URGENT, "urgent", "", true, null, 2, null)))
        .when(change(URGENT, Change.none(), Change.to(false), Change.none()))
        .expectEvents(new WorkQueueResumed(POOL, URGENT, NOT_READY));
    assertThat(pools.lastFace(POOL)).isEmpty();
  }

  @Test
  void a_polled_queue_gets_ready_and_back_but_not_out_of_a_pause() {
    pools
        .given(withQueues())
        .when(new MarkWorkQueueReady(POOL, SLOW))
        .expectEvents(new WorkQueueStatusSet(POOL, SLOW, READY));
    pools.expectFace(POOL, "prefect.work-queue.ready", "{}");
    pools
        .given(withQueues(new WorkQueueStatusSet(POOL, SLOW, READY)))
        .when(new MarkWorkQueueNotReady(POOL, SLOW))
        .expectEvents(new WorkQueueStatusSet(POOL, SLOW, NOT_READY));
    pools
        .given(withQueues(new WorkQueuePaused(POOL, SLOW)))
        .when(new MarkWorkQueueReady(POOL, SLOW))
        .expectNoEvents();
    pools.given(pool()).when(new MarkWorkQueueReady(POOL, SLOW)).expectNoEvents();
  }

  @Test
  void any_queue_goes_but_the_default_one() {
    pools
        .given(withQueues())
        .when(new DeleteWorkQueue(POOL, SLOW))
        .expectEvents(new WorkQueueDeleted(POOL, SLOW));
    pools.expectFace(POOL, "prefect.work-queue.deleted", "{}");
    pools
        .given(withQueues())
        .when(new DeleteWorkQueue(POOL, DEFAULT))
        .expectNoEvents()
        .expectExceptionMessage(Refusal.INTEGRITY.text());
    pools
        .given(pool())
        .when(new DeleteWorkQueue(POOL, SLOW))
        .expectNoEvents()
        .expectExceptionMessage("work queue not found");
  }

  private Face face(UUID poolId) {
    return pools.lastFace(poolId).orElseThrow();
  }

  private static CreateWorkPool create(String type, boolean isPaused) {
    return new CreateWorkPool("vms", null, type, EMPTY, isPaused, 3, StorageConfiguration.NONE);
  }

  private static WorkPoolCreated created(UUID id, String type) {
    return new WorkPoolCreated(id, "vms", null, type, EMPTY, 3, StorageConfiguration.NONE);
  }

  private static WorkQueueCreated queue(
      UUID pool, UUID id, String name, String description, int priority) {
    return new WorkQueueCreated(pool, id, name, description, false, null, priority, null);
  }

  private static DomainEvent[] pool() {
    return new DomainEvent[] {
      created(POOL, "process"),
      queue(POOL, DEFAULT, "default", DESCRIPTION, 1),
      new WorkPoolDefaultQueueSet(POOL, DEFAULT)
    };
  }

  private static DomainEvent[] with(DomainEvent... more) {
    List<DomainEvent> events = new ArrayList<>(Arrays.asList(pool()));
    events.addAll(Arrays.asList(more));
    return events.toArray(DomainEvent[]::new);
  }

  private static DomainEvent[] withQueues(DomainEvent... more) {
    List<DomainEvent> events =
        new ArrayList<>(
            List.of(queue(POOL, URGENT, "urgent", "", 2), queue(POOL, SLOW, "slow", "", 3)));
    events.addAll(Arrays.asList(more));
    return with(events.toArray(DomainEvent[]::new));
  }

  private static UpdateWorkPool update(
      Change<@Nullable String> description, Change<@Nullable Boolean> isPaused) {
    return new UpdateWorkPool(
        POOL, description, Change.none(), isPaused, Change.none(), Change.none());
  }

  private static CreateWorkQueue addQueue(String name, @Nullable Integer priority) {
    return new CreateWorkQueue(POOL, name, "", false, null, priority, null);
  }

  private static UpdateWorkQueue change(
      UUID queueId,
      Change<@Nullable String> name,
      Change<Boolean> isPaused,
      Change<@Nullable Integer> priority) {
    return new UpdateWorkQueue(
        POOL, queueId, name, Change.none(), isPaused, Change.none(), priority, Change.none());
  }
}
