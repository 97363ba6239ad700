package io.annals.command.entity;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.Face;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind of entity: what its streams are called, and what its events mean.
 *
 * @param name the first part of the name of each stream
 * @param eventType the events of this kind
 * @param id which entity an event is about
 * @param evolution how an event changes an entity
 * @param faces how an event looks in Prefect's event stream
 */
public record EntityKind<S, E extends DomainEvent>(
    String name,
    Class<E> eventType,
    Function<E, UUID> id,
    Evolution<S, E> evolution,
    Faces<S, E> faces) {
  /** The name of an entity's stream. */
  public String stream(UUID entityId) {
    return name + "-" + entityId;
  }

  /** The fold of events into state. Pure. */
  @FunctionalInterface
  public interface Evolution<S, E> {
    /** The entity after the event; null before it was created and after it was deleted. */
    @Nullable S after(@Nullable S entity, E event);
  }

  /** The face of an event, null where Prefect's server would emit none. Pure. */
  @FunctionalInterface
  public interface Faces<S, E> {
    /**
     * The face of an event.
     *
     * @param before the entity before the event, null when the event created it
     * @param after the entity after the event, or before its deletion
     */
    @Nullable Face of(@Nullable S before, S after, E event, UUID faceId, Instant occurred);
  }

  /** Faces for what Prefect emits no events of. */
  public static <S, E> Faces<S, E> unseen() {
    return (before, after, event, faceId, occurred) -> null;
  }
}
