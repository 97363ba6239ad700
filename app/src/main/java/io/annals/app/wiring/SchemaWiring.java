package io.annals.app.wiring;

import io.annals.app.schema.FormJudge;
import io.annals.app.schema.JsonSchemas;
import io.annals.command.parameter.Hydration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Judging forms of the UI. */
@Configuration(proxyBeanMethods = false)
class SchemaWiring {
  @Bean
  FormJudge formJudge(Hydration hydration, JsonSchemas jsonSchemas) {
    return new FormJudge(hydration, jsonSchemas);
  }
}
