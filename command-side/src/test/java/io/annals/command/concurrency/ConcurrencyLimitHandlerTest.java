package io.annals.command.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.concurrency.ConcurrencyLimitCommand.CreateConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitCommand.DeleteConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitCommand.SetConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitCommand.UpdateConcurrencyLimit;
import io.annals.command.decision.Change;
import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.entity.EntityFixture;
import io.annals.events.concurrency.ConcurrencyLimitEvent;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitCreated;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitDeleted;
import io.annals.events.concurrency.ConcurrencyLimitEvent.ConcurrencyLimitUpdated;
import io.annals.events.log.Face;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitHandlerTest {
  private static final UUID ID = new UUID(1, 1);
  private static final UUID NEW = EntityFixture.newId();
  private static final ConcurrencyLimitCreated DB =
      new ConcurrencyLimitCreated(ID, "db", 2, true, 0, true);

  private final EntityFixture<ConcurrencyLimit, ConcurrencyLimitEvent> limits =
      new EntityFixture<>(ConcurrencyLimit.KIND, ConcurrencyLimitHandler.MISSING);
  private final Map<String, UUID> names = new HashMap<>();

  ConcurrencyLimitHandlerTest() {
    limits.handledBy(
        entities ->
            new ConcurrencyLimitHandler(
                entities,
                name -> Optional.ofNullable(names.get(name)),
                new KeyedLocks(),
                limits.ids()));
  }

  @Test
  void a_limit_is_set_under_a_free_name() {
    limits
        .given()
        .when(new CreateConcurrencyLimit("api", 10, true, 0.5))
        .expectEvents(new ConcurrencyLimitCreated(NEW, "api", 10, true, 0.5, true))
        .expectResultMessagePayload(NEW);
    limits.expectFace(
        NEW,
        "prefect.concurrency-limit.created",
        "{\"name\":\"api\",\"limit\":10,\"active\":true,\"slot_decay_per_second\":0.5}");
    Face face = limits.lastFace(NEW).orElseThrow();
    assertThat(face.related()).isEmpty();
    assertThat(face.resource())
        .containsExactly(
            Map.entry("prefect.resource.id", "prefect.concurrency-limit." + NEW),
            Map.entry("prefect.resource.name", "api"));
  }

  @Test
  void a_name_stands_for_one_limit() {
    names.put("db", ID);
    limits
        .given(DB)
        .when(new CreateConcurrencyLimit("db", 1, true, 0))
        .expectNoEvents()
        .expectExceptionMessage(Refusal.INTEGRITY.text());
  }

  @Test
  void the_limit_of_a_name_is_set_whether_there_is_one() {
    names.put("db", ID);
    limits
        .given(DB)
        .when(new SetConcurrencyLimit("db", 7, true))
        .expectEvents(new ConcurrencyLimitUpdated(ID, "db", 7, true, 0))
        .expectResultMessagePayload(new Created(ID, false));
  }

  @Test
  void or_whether_there_is_none() {
    limits
        .given()
        .when(new SetConcurrencyLimit("tag:db", 7, true))
        .expectEvents(new ConcurrencyLimitCreated(NEW, "tag:db", 7, true, 0, true))
        .expectResultMessagePayload(new Created(NEW, true));
  }

  @Test
  void a_limit_that_belongs_to_a_deployment_is_not_announced() {
    limits
        .given()
        .when(new SetConcurrencyLimit("deployment:1", 1, false))
        .expectEvents(new ConcurrencyLimitCreated(NEW, "deployment:1", 1, true, 0, false));
    assertThat(limits.lastFace(NEW)).isEmpty();
  }

  @Test
  void but_its_changes_are() {
    names.put("deployment:1", ID);
    limits
        .given(new ConcurrencyLimitCreated(ID, "deployment:1", 1, true, 0, false))
        .when(new SetConcurrencyLimit("deployment:1", 3, false))
        .expectEvents(new ConcurrencyLimitUpdated(ID, "deployment:1", 3, true, 0));
    limits.expectFace(
        ID,
        "prefect.concurrency-limit.updated",
        "{\"name\":\"deployment:1\",\"limit\":3,\"active\":true,\"slot_decay_per_second\":0.0}");
  }

  @Test
  void what_is_not_changed_stays() {
    limits
        .given(DB)
        .when(update(Change.none(), Change.to(0), Change.to(false)))
        .expectEvents(new ConcurrencyLimitUpdated(ID, "db", 0, false, 0));
  }

  @Test
  void a_limit_is_not_renamed_to_a_name_that_is_taken() {
    names.put("api", new UUID(2, 2));
    limits
        .given(DB)
        .when(update(Change.to("api"), Change.none(), Change.none()))
        .expectNoEvents()
        .expectExceptionMessage(Refusal.INTEGRITY.text());
  }

  @Test
  void a_limit_may_keep_its_own_name() {
    names.put("db", ID);
    limits
        .given(DB)
        .when(update(Change.to("db"), Change.to(5), Change.none()))
        .expectEvents(new ConcurrencyLimitUpdated(ID, "db", 5, true, 0));
  }

  @Test
  void a_deleted_limit_is_shown_as_it_was() {
    limits
        .given(DB)
        .when(new DeleteConcurrencyLimit(ID))
        .expectEvents(new ConcurrencyLimitDeleted(ID));
    limits.expectFace(
        ID,
        "prefect.concurrency-limit.deleted",
        "{\"name\":\"db\",\"limit\":2,\"active\":true,\"slot_decay_per_second\":0.0}");
  }

  @Test
  void a_missing_limit_is_not_found() {
    limits
        .given(DB, new ConcurrencyLimitDeleted(ID))
        .when(new DeleteConcurrencyLimit(ID))
        .expectExceptionMessage("Concurrency Limit not found");
  }

  private static UpdateConcurrencyLimit update(
      Change<String> name, Change<Integer> limit, Change<Boolean> active) {
    return new UpdateConcurrencyLimit(ID, name, limit, active, Change.none());
  }
}
