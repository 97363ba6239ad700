package io.annals.app.wiring;

import io.annals.command.log.CaffeineCache;
import io.annals.command.log.ConflictRetry;
import io.annals.command.log.FaceKey;
import io.annals.command.log.LogEventStorageEngine;
import io.annals.command.log.StaleDecisions;
import io.micrometer.core.instrument.MeterRegistry;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Axon's bus, store and cache on our log. Declared by hand: see docs/decisions. */
@Configuration(proxyBeanMethods = false)
class AxonWiring {
  @Bean
  Cache entityCache(EntityCacheSize size, MeterRegistry meters) {
    return new CaffeineCache(size.maxEntities(), meters);
  }

  /** How many entities stay in memory between commands. */
  record EntityCacheSize(long maxEntities) {}

  @Bean(destroyMethod = "")
  EventStore eventStore(LogEventStorageEngine engine) {
    return EmbeddedEventStore.builder()
        .storageEngine(engine)
        .optimizeEventConsumption(false)
        .build();
  }

  @Bean
  SimpleCommandBus commandBus(EventStore store) {
    SimpleCommandBus bus = SimpleCommandBus.builder().build();
    bus.registerHandlerInterceptor(
        new CorrelationDataInterceptor<>(new SimpleCorrelationDataProvider(FaceKey.ORIGIN)));
    bus.registerHandlerInterceptor(new StaleDecisions(store));
    return bus;
  }

  @Bean
  CommandGateway commandGateway(CommandBus bus) {
    return DefaultCommandGateway.builder()
        .commandBus(bus)
        .retryScheduler(new ConflictRetry())
        .build();
  }
}
