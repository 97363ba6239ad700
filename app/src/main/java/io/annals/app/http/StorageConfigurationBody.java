package io.annals.app.http;

import io.annals.events.workpool.StorageConfiguration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where a pool's runs find their code and leave their results, as clients send it. */
record StorageConfigurationBody(
    @Nullable ObjectNode bundleUploadStep,
    @Nullable ObjectNode bundleExecutionStep,
    @Nullable UUID defaultResultStorageBlockId) {
  StorageConfiguration configuration() {
    return new StorageConfiguration(
        bundleUploadStep, bundleExecutionStep, defaultResultStorageBlockId);
  }
}
