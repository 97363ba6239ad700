package io.annals.app.wiring;

import io.annals.app.settings.Settings;
import io.annals.app.slot.LeasedDeploymentSlots;
import io.annals.app.slot.LeasedTagSlots;
import io.annals.command.concurrency.ConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitHandler;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.entity.Entities;
import io.annals.events.concurrency.ConcurrencyLimitEvent;
import io.annals.query.concurrency.ConcurrencyLimitQueries;
import io.annals.query.concurrency.ConcurrencyLimitView;
import io.annals.query.concurrency.DeploymentLimits;
import io.annals.query.concurrency.SlotLedger;
import io.annals.query.concurrency.SlotLedger.Waits;
import io.annals.query.sql.Database;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Concurrency limits: who decides, who reads, and who holds their slots. */
@Configuration(proxyBeanMethods = false)
class LimitWiring {
  @Bean
  ConcurrencyLimitQueries concurrencyLimitQueries(Database database) {
    return new ConcurrencyLimitQueries(database);
  }

  /** One home for all that decide about limits: it holds the lock of each. */
  @Bean
  Entities<ConcurrencyLimit, ConcurrencyLimitEvent> concurrencyLimits(EntityHome home) {
    return home.of(ConcurrencyLimit.KIND, ConcurrencyLimitHandler.MISSING);
  }

  @Bean
  ConcurrencyLimitHandler concurrencyLimitHandler(
      EntityHome home,
      Entities<ConcurrencyLimit, ConcurrencyLimitEvent> concurrencyLimits,
      ConcurrencyLimitQueries limits,
      KeyedLocks locks) {
    return home.subscribed(
        new ConcurrencyLimitHandler(
            concurrencyLimits,
            name -> limits.byName(name).map(ConcurrencyLimitView::id),
            locks,
            UUID::randomUUID));
  }

  @Bean
  Waits slotWaits(Settings settings) {
    return new Waits(
        settings.duration("server.tasks.tag_concurrency_slot_wait_seconds"),
        settings.duration("server.concurrency.maximum_concurrency_slot_wait_seconds"));
  }

  @Bean
  SlotLedger slotLedger(@Qualifier("lookupDataSource") DataSource lookups, Waits waits) {
    return new SlotLedger(lookups, UUID::randomUUID, waits);
  }

  @Bean
  LeasedDeploymentSlots deploymentSlots(Database database, SlotLedger ledger, Settings settings) {
    return new LeasedDeploymentSlots(
        new DeploymentLimits(database),
        ledger,
        new LeasedDeploymentSlots.Settings(
            settings.duration("server.deployments.concurrency_slot_wait_seconds"),
            settings.duration("server.concurrency.initial_deployment_lease_duration")));
  }

  @Bean
  LeasedTagSlots tagSlots(SlotLedger ledger, Waits waits) {
    return new LeasedTagSlots(ledger, waits);
  }
}
