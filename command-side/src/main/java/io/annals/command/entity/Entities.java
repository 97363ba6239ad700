package io.annals.command.entity;

import io.annals.command.decision.Refusal;
import io.annals.command.log.FaceKey;
import io.annals.events.log.DomainEvent;
import io.annals.events.log.Face;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** All entities of one kind: begins them, loads them, and records what was decided. */
public final class Entities<S, E extends DomainEvent> {
  private final Repository<Entity<S, E>> repository;
  private final EntityKind<S, E> kind;
  private final Refusal missing;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  /**
   * The entities of one kind.
   *
   * @param missing how a command about an entity that is not there is refused
   * @param ids makes the ids of faces
   */
  public Entities(
      Repository<Entity<S, E>> repository,
      EntityKind<S, E> kind,
      Refusal missing,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.repository = repository;
    this.kind = kind;
    this.missing = missing;
    this.clock = clock;
    this.ids = ids;
  }

  /** Begins a new entity with its first event; one command may begin several. */
  public void begin(E first) {
    try {
      repository.newInstance(
          () -> {
            Entity<S, E> entity = new Entity<>(kind);
            record(entity, List.of(first)); // here, as Axon asks for the stream's name right after
            return entity;
          });
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /**
   * Decides about one entity and records the events.
   *
   * @throws io.annals.command.decision.RefusedException when there is no such entity
   */
  public void change(UUID entityId, Function<S, List<E>> decide) {
    Aggregate<Entity<S, E>> loaded;
    try {
      loaded = repository.load(kind.stream(entityId));
    } catch (AggregateNotFoundException none) {
      throw missing.asException();
    }
    S state =
        loaded
            .<Optional<S>>invoke(entity -> Optional.ofNullable(entity.state()))
            .orElseThrow(missing::asException);
    loaded.execute(entity -> record(entity, decide.apply(state)));
  }

  /** The time, as precise as it is stored. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void record(Entity<S, E> entity, List<E> events) {
    for (E event : events) {
      @Nullable S before = entity.state();
      @Nullable S after = kind.evolution().after(before, event);
      S shown = after == null ? before : after;
      if (shown == null) {
        throw new IllegalStateException(kind.name() + " neither is nor was: " + event);
      }
      Face face = kind.faces().of(before, shown, event, ids.get(), now());
      AggregateLifecycle.apply(
          event, face == null ? MetaData.emptyInstance() : MetaData.with(FaceKey.FACE, face));
    }
  }
}
