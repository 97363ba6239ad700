package io.annals.events.workpool;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a pool's runs find their code and leave their results.
 *
 * @param bundleUploadStep an object; how a client stores the code of a run
 * @param bundleExecutionStep an object; how a worker fetches and runs it
 * @param defaultResultStorageBlockId the block document that results go to
 */
public record StorageConfiguration(
    @Nullable JsonNode bundleUploadStep,
    @Nullable JsonNode bundleExecutionStep,
    @Nullable UUID defaultResultStorageBlockId) {
  /** Nothing configured. */
  public static final StorageConfiguration NONE = new StorageConfiguration(null, null, null);
}
