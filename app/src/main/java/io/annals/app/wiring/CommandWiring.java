package io.annals.app.wiring;

import io.annals.command.decision.KeyedLocks;
import io.annals.command.flow.FindFlowByName;
import io.annals.command.flow.FlowAggregate;
import io.annals.command.flow.FlowHandler;
import io.annals.command.flowrun.FlowRunAggregate;
import io.annals.command.flowrun.FlowRunHandler;
import io.annals.command.flowrun.FlowRunPorts;
import io.annals.command.flowrun.RunNames;
import io.annals.command.log.TimeOrderedIds;
import io.annals.command.taskrun.TaskRunAggregate;
import io.annals.command.taskrun.TaskRunHandler;
import io.annals.command.taskrun.TaskRunPorts;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Repository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What decides: one repository and one handler per kind of entity, subscribed to the bus. */
@Configuration(proxyBeanMethods = false)
class CommandWiring {
  @Bean
  KeyedLocks keyedLocks() {
    return new KeyedLocks();
  }

  /** Names need not be unpredictable, only various; this source may be shared by threads. */
  @Bean
  RunNames runNames() {
    return new RunNames(new Random());
  }

  @Bean
  FlowHandler flowHandler(
      EventStore store,
      Cache cache,
      SimpleCommandBus bus,
      FindFlowByName findFlowByName,
      KeyedLocks locks,
      InstantSource clock) {
    FlowHandler handler =
        new FlowHandler(
            repository(FlowAggregate.class, store, cache),
            findFlowByName,
            locks,
            clock,
            UUID::randomUUID);
    new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
    return handler;
  }

  @Bean
  FlowRunHandler flowRunHandler(
      EventStore store,
      Cache cache,
      SimpleCommandBus bus,
      FlowRunPorts ports,
      InstantSource clock,
      TimeOrderedIds ids,
      RunNames names) {
    // Locks of its own: runs are created by commands that may hold another one already.
    FlowRunHandler handler =
        new FlowRunHandler(
            repository(FlowRunAggregate.class, store, cache),
            ports,
            new KeyedLocks(),
            clock,
            ids,
            names);
    new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
    return handler;
  }

  @Bean
  Repository<TaskRunAggregate> taskRuns(EventStore store, Cache cache) {
    return repository(TaskRunAggregate.class, store, cache);
  }

  @Bean
  TaskRunHandler taskRunHandler(
      Repository<TaskRunAggregate> taskRuns,
      SimpleCommandBus bus,
      TaskRunPorts ports,
      KeyedLocks locks,
      InstantSource clock,
      TimeOrderedIds ids,
      RunNames names) {
    TaskRunHandler handler =
        new TaskRunHandler(taskRuns, ports, locks, clock, ids, names, new Random()::nextDouble);
    new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
    return handler;
  }

  private static <T> Repository<T> repository(Class<T> type, EventStore store, Cache cache) {
    return EventSourcingRepository.builder(type).eventStore(store).cache(cache).build();
  }
}
