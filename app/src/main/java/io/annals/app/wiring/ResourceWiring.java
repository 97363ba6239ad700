package io.annals.app.wiring;

import io.annals.app.settings.Settings;
import io.annals.command.concurrency.ConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitHandler;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.entity.Entities;
import io.annals.command.savedsearch.SavedSearch;
import io.annals.command.savedsearch.SavedSearchHandler;
import io.annals.command.variable.Variable;
import io.annals.command.variable.VariableHandler;
import io.annals.events.concurrency.ConcurrencyLimitEvent;
import io.annals.query.concurrency.ConcurrencyLimitQueries;
import io.annals.query.concurrency.ConcurrencyLimitView;
import io.annals.query.concurrency.SlotLedger;
import io.annals.query.concurrency.SlotLedger.Waits;
import io.annals.query.savedsearch.SavedSearchQueries;
import io.annals.query.savedsearch.SavedSearchView;
import io.annals.query.sql.Database;
import io.annals.query.variable.VariableQueries;
import io.annals.query.variable.VariableView;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Variables, saved searches and concurrency limits: who decides and who reads. */
@Configuration(proxyBeanMethods = false)
class ResourceWiring {
  @Bean
  VariableQueries variableQueries(Database database) {
    return new VariableQueries(database);
  }

  @Bean
  VariableHandler variableHandler(EntityHome home, VariableQueries variables, KeyedLocks locks) {
    return home.subscribed(
        new VariableHandler(
            home.of(Variable.KIND, VariableHandler.MISSING),
            name -> variables.byName(name).map(VariableView::id),
            locks,
            UUID::randomUUID));
  }

  @Bean
  SavedSearchQueries savedSearchQueries(Database database) {
    return new SavedSearchQueries(database);
  }

  @Bean
  SavedSearchHandler savedSearchHandler(
      EntityHome home, SavedSearchQueries searches, KeyedLocks locks) {
    return home.subscribed(
        new SavedSearchHandler(
            home.of(SavedSearch.KIND, SavedSearchHandler.MISSING),
            name -> searches.byName(name).map(SavedSearchView::id),
            locks,
            UUID::randomUUID));
  }

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
}
