package io.annals.app.wiring;

import io.annals.command.decision.Refusal;
import io.annals.command.entity.Entities;
import io.annals.command.entity.EntityFactory;
import io.annals.command.entity.EntityKind;
import io.annals.command.log.StaleDecisions;
import io.annals.events.log.DomainEvent;
import java.time.InstantSource;
import java.util.UUID;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Repository;
import org.springframework.stereotype.Component;

/** Where entities live on the log, and the bus that their handlers listen to. */
@Component
final class EntityHome {
  private final EventStore store;
  private final Cache cache;
  private final SimpleCommandBus bus;
  private final InstantSource clock;

  EntityHome(EventStore store, Cache cache, SimpleCommandBus bus, InstantSource clock) {
    this.store = store;
    this.cache = cache;
    this.bus = bus;
    this.clock = clock;
  }

  /**
   * All entities of a kind.
   *
   * @param missing how a command about an entity that is not there is refused
   */
  <S, E extends DomainEvent> Entities<S, E> of(EntityKind<S, E> kind, Refusal missing) {
    EntityFactory<S, E> factory = new EntityFactory<>(kind);
    return new Entities<>(
        repository(
            EventSourcingRepository.builder(factory.getAggregateType()).aggregateFactory(factory)),
        kind,
        missing,
        clock,
        UUID::randomUUID);
  }

  /** All entities of a class that Axon makes and feeds by itself. */
  <T> Repository<T> of(Class<T> type) {
    return repository(EventSourcingRepository.builder(type));
  }

  private <T> Repository<T> repository(EventSourcingRepository.Builder<T> repository) {
    return StaleDecisions.watching(repository.eventStore(store).cache(cache).build());
  }

  /** The handler, which gets its commands from now on. */
  <H> H subscribed(H handler) {
    new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
    return handler;
  }
}
