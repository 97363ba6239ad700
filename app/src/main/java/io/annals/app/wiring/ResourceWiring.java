package io.annals.app.wiring;

import io.annals.command.decision.KeyedLocks;
import io.annals.command.savedsearch.SavedSearch;
import io.annals.command.savedsearch.SavedSearchHandler;
import io.annals.command.variable.Variable;
import io.annals.command.variable.VariableHandler;
import io.annals.query.savedsearch.SavedSearchQueries;
import io.annals.query.savedsearch.SavedSearchView;
import io.annals.query.sql.Database;
import io.annals.query.variable.VariableQueries;
import io.annals.query.variable.VariableView;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Variables and saved searches: who decides and who reads. */
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
}
