package io.annals.query.dashboard;

import io.annals.events.state.StateType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The scheduled run of a flow that is due first. */
public record NextFlowRunView(
    UUID id,
    UUID flowId,
    String name,
    String stateName,
    StateType stateType,
    @Nullable Instant nextScheduledStartTime) {}
