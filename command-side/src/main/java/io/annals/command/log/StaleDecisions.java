package io.annals.command.log;

import io.annals.command.decision.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.Repository;

/**
 * Has commands decided again that changed nothing, or were refused, because this node still held an
 * old state. The log itself stops only decisions with events: it takes each version of a stream
 * once. One without events appends nothing, and what another node had changed since would never be
 * noticed.
 */
public final class StaleDecisions implements MessageHandlerInterceptor<CommandMessage<?>> {
  private static final String LOADED = StaleDecisions.class.getName();
  private static final Long NONE = -1L;

  private final EventStore store;

  /** Compares with what the log holds. */
  public StaleDecisions(EventStore store) {
    this.store = store;
  }

  /** An entity, and the version on which the decision about it was based. */
  private record Loaded(Aggregate<?> entity, long version) {}

  /** A repository whose entities are looked after here. */
  public static <T> Repository<T> watching(Repository<T> repository) {
    return new WatchedRepository<>(repository, StaleDecisions::loaded);
  }

  private static void loaded(Aggregate<?> entity) {
    CurrentUnitOfWork.get()
        .<List<Loaded>>getOrComputeResource(LOADED, first -> new ArrayList<>())
        .add(new Loaded(entity, version(entity)));
  }

  /** Of the last event; an entity that has none yet has no version. */
  private static long version(Aggregate<?> entity) {
    return Objects.requireNonNullElse(entity.version(), NONE);
  }

  @Override
  public Object handle(UnitOfWork<? extends CommandMessage<?>> unit, InterceptorChain chain)
      throws Exception {
    try {
      Object answer = chain.proceed();
      requireNewest(unit);
      return answer;
    } catch (RefusedException refused) {
      requireNewest(unit);
      throw refused;
    }
  }

  private void requireNewest(UnitOfWork<?> unit) {
    List<Loaded> all = unit.getResource(LOADED);
    if (all == null) {
      return;
    }
    for (Loaded loaded : all) {
      String stream = loaded.entity().identifierAsString();
      boolean undecided = loaded.version() == version(loaded.entity());
      if (undecided && store.lastSequenceNumberFor(stream).orElse(NONE) > loaded.version()) {
        throw new ConcurrencyException("Decided on an old state of " + stream);
      }
    }
  }
}
