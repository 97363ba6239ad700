package io.annals.command.entity;

import io.annals.command.decision.Decision;
import io.annals.command.decision.Refusal;
import io.annals.command.entity.EntityKind.Faces;
import io.annals.command.log.FaceKey;
import io.annals.events.log.DomainEvent;
import io.annals.events.log.Face;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

  /** Begins a new entity with its first event. */
  public void begin(E first) {
    begin(List.of(first));
  }

  /** Begins a new entity with its first events. */
  public void begin(List<? extends E> first) {
    begin(first, kind.faces());
  }

  /**
   * Begins a new entity with its first events.
   *
   * @param faces how they look, where that takes facts from outside of the entity
   */
  public void begin(List<? extends E> first, Faces<S, E> faces) {
    try {
      begun(first.getFirst(), faces)
          .execute(entity -> record(entity, first.subList(1, first.size()), faces));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /**
   * The entity after its first event. That is recorded on the way, as Axon asks for the name of the
   * stream right after: or else one command could not begin several entities.
   */
  private Aggregate<Entity<S, E>> begun(E first, Faces<S, E> faces) throws Exception {
    return repository.newInstance(
        () -> {
          Entity<S, E> entity = new Entity<>(kind);
          record(entity, List.of(first), faces);
          return entity;
        });
  }

  /**
   * Decides about one entity and records the events.
   *
   * @throws io.annals.command.decision.RefusedException when there is no such entity
   */
  public void change(UUID entityId, Function<S, List<E>> decide) {
    change(entityId, decide, kind.faces());
  }

  /**
   * Decides about one entity and records the events.
   *
   * @param faces how they look, where that takes facts from outside of the entity
   * @return whether anything was decided
   * @throws io.annals.command.decision.RefusedException when there is no such entity
   */
  public boolean change(UUID entityId, Function<S, List<E>> decide, Faces<S, E> faces) {
    return loaded(entityId)
        .map(entity -> decideAbout(entity, told(decide), faces))
        .orElseThrow(missing::asException);
  }

  /**
   * Decides about one entity, records the events, and answers.
   *
   * @throws io.annals.command.decision.RefusedException when there is no such entity
   */
  public <A> A decide(UUID entityId, Function<S, Decision<E, A>> decide) {
    Aggregate<Entity<S, E>> entity = loaded(entityId).orElseThrow(missing::asException);
    return decideAbout(entity, decide, kind.faces());
  }

  /**
   * Decides about an entity that may be known although it has no events of its own.
   *
   * @param adoption its first event, which tells what is known; empty when nothing is
   * @throws io.annals.command.decision.RefusedException when there is no such entity
   */
  public void changeOrAdopt(
      UUID entityId, Supplier<Optional<E>> adoption, Function<S, List<E>> decide) {
    Optional<Aggregate<Entity<S, E>>> loaded = loaded(entityId);
    if (loaded.isPresent()) {
      decideAbout(loaded.get(), told(decide), kind.faces());
    } else {
      adopt(adoption.get().orElseThrow(missing::asException), decide);
    }
  }

  private Optional<Aggregate<Entity<S, E>>> loaded(UUID entityId) {
    try {
      return Optional.of(repository.load(kind.stream(entityId)));
    } catch (AggregateNotFoundException none) {
      return Optional.empty();
    }
  }

  /** Tells whether anything was decided. */
  private static <S, E> Function<S, Decision<E, Boolean>> told(Function<S, List<E>> decide) {
    return state -> {
      List<E> events = decide.apply(state);
      return new Decision<>(events, !events.isEmpty());
    };
  }

  private <A> A decideAbout(
      Aggregate<Entity<S, E>> loaded, Function<S, Decision<E, A>> decide, Faces<S, E> faces) {
    S state =
        loaded
            .<Optional<S>>invoke(entity -> Optional.ofNullable(entity.state()))
            .orElseThrow(missing::asException);
    Decision<E, A> decision = decide.apply(state);
    loaded.execute(entity -> record(entity, decision.events(), faces));
    return decision.answer();
  }

  private void adopt(E adoption, Function<S, List<E>> decide) {
    @Nullable S known = kind.evolution().after(null, adoption);
    if (known == null) {
      throw new IllegalStateException("Nothing is known after " + adoption);
    }
    List<E> decided = decide.apply(known);
    if (!decided.isEmpty()) {
      List<E> events = new ArrayList<>(decided);
      events.addFirst(adoption);
      begin(events);
    }
  }

  /** The time, as precise as it is stored. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void record(Entity<S, E> entity, List<? extends E> events, Faces<S, E> faces) {
    for (E event : events) {
      @Nullable S before = entity.state();
      @Nullable S after = kind.evolution().after(before, event);
      S shown = after == null ? before : after;
      if (shown == null) {
        throw new IllegalStateException(kind.name() + " neither is nor was: " + event);
      }
      Face face = faces.of(before, shown, event, ids.get(), now());
      AggregateLifecycle.apply(
          event, face == null ? MetaData.emptyInstance() : MetaData.with(FaceKey.FACE, face));
    }
  }
}
