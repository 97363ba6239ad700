package io.annals.command.entity;

import io.annals.events.log.DomainEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;

/** Begins the entities of one kind that Axon loads. */
public final class EntityFactory<S, E extends DomainEvent>
    implements AggregateFactory<Entity<S, E>> {
  private final EntityKind<S, E> kind;

  /** For entities of one kind. */
  public EntityFactory(EntityKind<S, E> kind) {
    this.kind = kind;
  }

  @Override
  public Entity<S, E> createAggregateRoot(String stream, DomainEventMessage<?> first) {
    return new Entity<>(kind);
  }

  @Override
  @SuppressWarnings("unchecked") // there is but one class of entities
  public Class<Entity<S, E>> getAggregateType() {
    return (Class<Entity<S, E>>) (Class<?>) Entity.class;
  }
}
