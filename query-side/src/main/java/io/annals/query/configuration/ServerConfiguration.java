package io.annals.query.configuration;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and changes what administrators set. */
public final class ServerConfiguration {
  private static final String DEFAULT_RESULT_STORAGE = "server-default-result-storage";

  private final JdbcClient jdbc;

  /** Keeps the values in the database behind {@code jdbc}. */
  public ServerConfiguration(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private static final String STORAGE =
      """
      SELECT (value ->> 'default_result_storage_block_id')::uuid
      FROM configuration
      WHERE key = :key AND value ->> 'default_result_storage_block_id' IS NOT NULL
      """;

  /** The block document that flows store results in unless they say otherwise. */
  public Optional<UUID> defaultResultStorage() {
    return jdbc.sql(STORAGE).param("key", DEFAULT_RESULT_STORAGE).query(UUID.class).optional();
  }

  private static final String CLEAR = "DELETE FROM configuration WHERE key = :key";

  /** Forgets that block document; does nothing when there is none. */
  public void clearDefaultResultStorage() {
    jdbc.sql(CLEAR).param("key", DEFAULT_RESULT_STORAGE).update();
  }
}
