package io.annals.query.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.query.sql.MigratedDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ServerConfigurationTest {
  private static final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.create());

  private final ServerConfiguration configuration = new ServerConfiguration(jdbc);

  private static UUID block() {
    UUID block = UUID.randomUUID();
    jdbc.sql(
            "INSERT INTO block_document VALUES"
                + " (:id, now(), now(), :id, :id, 'store', false, 'sealed')")
        .param("id", block)
        .update();
    return block;
  }

  @Test
  void the_default_result_storage_can_be_set_and_cleared_again_and_again() {
    configuration.clearDefaultResultStorage();
    assertThat(configuration.defaultResultStorage()).isEmpty();
    UUID block = block();
    configuration.setDefaultResultStorage(block());
    configuration.setDefaultResultStorage(block);
    assertThat(configuration.defaultResultStorage()).contains(block);
    configuration.clearDefaultResultStorage();
    configuration.clearDefaultResultStorage();
    assertThat(configuration.defaultResultStorage()).isEmpty();
  }

  @Test
  void a_block_that_is_deleted_is_no_storage_any_more() {
    UUID block = block();
    configuration.setDefaultResultStorage(block);
    jdbc.sql("DELETE FROM block_document WHERE id = ?").param(block).update();
    assertThat(configuration.defaultResultStorage()).isEmpty();
  }

  @Test
  void the_first_encryption_key_stays() {
    assertThat(configuration.encryptionKey(() -> "first")).isEqualTo("first");
    assertThat(configuration.encryptionKey(() -> "second")).isEqualTo("first");
  }

  @Test
  void the_system_blocks_registered_last_are_remembered() {
    assertThat(configuration.systemBlocks()).isEmpty();
    configuration.setSystemBlocks("a");
    configuration.setSystemBlocks("b");
    assertThat(configuration.systemBlocks()).contains("b");
  }
}
