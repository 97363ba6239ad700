package io.annals.query.overdue;

import java.util.UUID;

/** A flow run and the state in which it was found. */
public record OverdueRun(UUID flowRunId, UUID stateId) {}
