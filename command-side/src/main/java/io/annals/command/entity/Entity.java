package io.annals.command.entity;

import io.annals.events.log.DomainEvent;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/** An entity's stream of events, as Axon loads and appends it. */
public class Entity<S, E extends DomainEvent> {
  /** Axon reads it. */
  @AggregateIdentifier @Nullable String stream;

  private final EntityKind<S, E> kind;
  private @Nullable S state;

  /** An empty stream. */
  Entity(EntityKind<S, E> kind) {
    this.kind = kind;
  }

  /** The entity as it is, null before it was created and after it was deleted. */
  @Nullable S state() {
    return state;
  }

  @EventSourcingHandler
  void on(DomainEvent event) {
    E own = kind.eventType().cast(event);
    stream = kind.stream(kind.id().apply(own));
    state = kind.evolution().after(state, own);
    if (state == null) {
      AggregateLifecycle.markDeleted();
    }
  }
}
