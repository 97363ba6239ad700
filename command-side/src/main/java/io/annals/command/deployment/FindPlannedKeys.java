package io.annals.command.deployment;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Finds the idempotency keys of a flow that stand for runs already. */
@FunctionalInterface
public interface FindPlannedKeys {
  /** Those of the given keys that are taken. */
  Set<String> of(UUID flowId, List<String> idempotencyKeys);
}
