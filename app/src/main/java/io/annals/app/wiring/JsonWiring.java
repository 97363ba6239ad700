package io.annals.app.wiring;

import io.annals.query.request.WireJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.json.JsonMapper;

/** JSON on the wire. */
@Configuration(proxyBeanMethods = false)
class JsonWiring {
  @Bean
  @Primary
  JsonMapper wireMapper() {
    return WireJson.MAPPER;
  }
}
