package io.annals.command.decision;

import io.annals.events.state.ProposalStatus;
import io.annals.events.state.State;
import org.jspecify.annotations.Nullable;

/**
 * What became of a proposed state: Prefect's orchestration result.
 *
 * @param state the run's state afterwards
 * @param status Prefect's word for it
 * @param reason why it was not simply accepted
 * @param delaySeconds for WAIT: when to ask again
 * @param written whether a state was written by this command (201 rather than 200)
 */
public record Answer(
    @Nullable State state,
    ProposalStatus status,
    @Nullable String reason,
    @Nullable Integer delaySeconds,
    boolean written) {}
