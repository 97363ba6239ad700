package io.annals.query.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ServerConfigurationTest {
  @Test
  void the_default_result_storage_is_read_and_can_be_cleared_again_and_again() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
      JdbcClient jdbc = JdbcClient.create(postgres.getPostgresDatabase());
      ServerConfiguration configuration = new ServerConfiguration(jdbc);
      assertThat(configuration.defaultResultStorage()).isEmpty();
      UUID block = UUID.randomUUID();
      jdbc.sql("INSERT INTO configuration VALUES (?, ?::jsonb, now(), now())")
          .param("server-default-result-storage")
          .param("{\"default_result_storage_block_id\": \"" + block + "\"}")
          .update();
      assertThat(configuration.defaultResultStorage()).contains(block);
      configuration.clearDefaultResultStorage();
      configuration.clearDefaultResultStorage();
      assertThat(configuration.defaultResultStorage()).isEmpty();
    }
  }
}
