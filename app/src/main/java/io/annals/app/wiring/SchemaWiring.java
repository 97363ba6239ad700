package io.annals.app.wiring;

import io.annals.app.schema.FormJudge;
import io.annals.events.log.EventCodec;
import io.annals.query.sql.RawJson;
import io.annals.query.variable.VariableQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Judging forms of the UI. */
@Configuration(proxyBeanMethods = false)
class SchemaWiring {
  @Bean
  FormJudge formJudge(VariableQueries variables) {
    return new FormJudge(name -> variables.byName(name).map(variable -> json(variable.value())));
  }

  private static JsonNode json(@Nullable RawJson value) {
    return value == null ? NullNode.getInstance() : EventCodec.JSON.readTree(value.text());
  }
}
