package io.annals.query.overdue;

import java.util.UUID;

/**
 * A subflow that is not over although its parent was cancelled.
 *
 * @param isDeployed whether a worker has to stop it
 */
public record CancelledChild(UUID flowRunId, UUID stateId, boolean isDeployed) {}
