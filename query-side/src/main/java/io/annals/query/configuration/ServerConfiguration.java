package io.annals.query.configuration;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and changes what administrators set. */
public final class ServerConfiguration {
  private static final String DEFAULT_RESULT_STORAGE = "server-default-result-storage";
  private static final String STORAGE_BLOCK = "default_result_storage_block_id";
  private static final String ENCRYPTION_KEY = "ENCRYPTION_KEY";
  private static final String FERNET_KEY = "fernet_key";
  private static final String SYSTEM_BLOCKS = "annals-system-blocks";
  private static final String FINGERPRINT = "fingerprint";

  private final JdbcClient jdbc;

  /** Keeps the values in the database behind {@code jdbc}. */
  public ServerConfiguration(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private static final String STORAGE =
      """
      SELECT d.id
      FROM configuration
      JOIN block_document d ON d.id = (value ->> 'default_result_storage_block_id')::uuid
      WHERE key = :key
      """;

  /**
   * The block document that flows store results in unless they say otherwise. A deleted document
   * does not come back, so the setting is gone with it.
   */
  public Optional<UUID> defaultResultStorage() {
    return jdbc.sql(STORAGE).param("key", DEFAULT_RESULT_STORAGE).query(UUID.class).optional();
  }

  private static final String SET =
      """
      INSERT INTO configuration (key, value, created, updated)
      VALUES (:key, jsonb_build_object(:name::text, :value::text), now(), now())
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated = excluded.updated
      """;

  /** Has flows store results in a block document unless they say otherwise. */
  public void setDefaultResultStorage(UUID blockDocumentId) {
    set(DEFAULT_RESULT_STORAGE, STORAGE_BLOCK, blockDocumentId.toString());
  }

  private static final String CLEAR = "DELETE FROM configuration WHERE key = :key";

  /** Forgets that block document; does nothing when there is none. */
  public void clearDefaultResultStorage() {
    jdbc.sql(CLEAR).param("key", DEFAULT_RESULT_STORAGE).update();
  }

  private static final String KEEP =
      """
      INSERT INTO configuration (key, value, created, updated)
      VALUES (:key, jsonb_build_object(:name::text, :value::text), now(), now())
      ON CONFLICT (key) DO NOTHING
      """;

  /**
   * The key that block documents are encrypted with, where Prefect's server keeps it too.
   *
   * @param fresh makes the key of a new database; of two nodes that make one, the first wins
   */
  public String encryptionKey(Supplier<String> fresh) {
    return value(ENCRYPTION_KEY, FERNET_KEY)
        .orElseGet(
            () -> {
              jdbc.sql(KEEP)
                  .param("key", ENCRYPTION_KEY)
                  .param("name", FERNET_KEY)
                  .param("value", fresh.get())
                  .update();
              return value(ENCRYPTION_KEY, FERNET_KEY).orElseThrow();
            });
  }

  /** What tells the system blocks that were registered last from others. */
  public Optional<String> systemBlocks() {
    return value(SYSTEM_BLOCKS, FINGERPRINT);
  }

  /** Remembers which system blocks were registered. */
  public void setSystemBlocks(String fingerprint) {
    set(SYSTEM_BLOCKS, FINGERPRINT, fingerprint);
  }

  private void set(String key, String name, String value) {
    jdbc.sql(SET).param("key", key).param("name", name).param("value", value).update();
  }

  private static final String VALUE =
      "SELECT value ->> :name FROM configuration WHERE key = :key AND value ->> :name IS NOT NULL";

  private Optional<String> value(String key, String name) {
    return jdbc.sql(VALUE).param("key", key).param("name", name).query(String.class).optional();
  }
}
