package io.annals.command.flowrun;

import java.util.Optional;
import java.util.UUID;

/** Finds the flow run that an idempotency key stands for; keys belong to a flow. */
@FunctionalInterface
public interface FindFlowRunByIdempotencyKey {
  /** The flow run's id, if there is such a run. */
  Optional<UUID> idOf(UUID flowId, String idempotencyKey);
}
