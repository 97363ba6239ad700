package io.annals.command.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Refusal;
import io.annals.command.log.FaceKey;
import io.annals.events.log.DomainEvent;
import io.annals.events.log.Face;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.modelling.command.Repository;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Given events, when a command comes: entities of one kind under the handler of production. */
public final class EntityFixture<S, E extends DomainEvent> {
  /** The time that all tests live in. */
  public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final EntityKind<S, E> kind;
  private final AggregateTestFixture<Entity<S, E>> axon;
  private final Entities<S, E> entities;
  private long idsGiven = 100;

  /** Entities of one kind, none of which has happened yet. */
  public EntityFixture(EntityKind<S, E> kind, Refusal missing) {
    EntityFactory<S, E> factory = new EntityFactory<>(kind);
    this.kind = kind;
    this.axon = new AggregateTestFixture<>(factory.getAggregateType());
    axon.registerAggregateFactory(factory);
    Repository<Entity<S, E>> repository = axon.getRepository();
    this.entities =
        new Entities<>(repository, kind, missing, InstantSource.fixed(NOW), () -> new UUID(9, 9));
  }

  /** Has a handler take the commands; it gets the entities and a source of ids. */
  public void handledBy(Function<Entities<S, E>, ?> handler) {
    axon.registerAnnotatedCommandHandler(handler.apply(entities));
  }

  /** The entities, for handlers of several kinds. */
  public Entities<S, E> entities() {
    return entities;
  }

  /** Ids as they are given out: the first is {@link #newId()}. */
  public Supplier<UUID> ids() {
    return () -> new UUID(7, idsGiven++);
  }

  /** The id that a new entity gets. */
  public static UUID newId() {
    return new UUID(7, 100);
  }

  /** Nothing has happened, or only what is given. */
  public When given(DomainEvent... events) {
    var executor =
        events.length == 0 ? axon.givenNoPriorActivity() : axon.given(List.of((Object[]) events));
    return command -> executor.when(command);
  }

  /** Asks for one command. */
  @FunctionalInterface
  public interface When {
    /** What comes of a command. */
    ResultValidator<?> when(Object command);
  }

  /** The face of an entity's last event. */
  public Optional<Face> lastFace(UUID entityId) {
    return Optional.ofNullable(faces(entityId).getLast());
  }

  /** The faces of an entity's events, null for those that have none. */
  public List<@Nullable Face> faces(UUID entityId) {
    List<@Nullable Face> faces = new ArrayList<>();
    axon.getEventStore()
        .readEvents(kind.stream(entityId))
        .forEachRemaining(event -> faces.add((Face) event.getMetaData().get(FaceKey.FACE)));
    return faces;
  }

  /** Requires the face of an entity's last event to be named so, and to say this. */
  public void expectFace(UUID entityId, String event, String payload) {
    Face face = Objects.requireNonNull(lastFace(entityId).orElse(null));
    assertThat(face.event()).isEqualTo(event);
    assertThat(face.occurred()).isEqualTo(NOW);
    assertThat(JsonMapper.shared().readTree(face.payload().toString()))
        .isEqualTo(JsonMapper.shared().readTree(payload));
  }
}
