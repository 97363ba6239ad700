package io.annals.command.taskrun.rule;

import io.annals.events.state.ProposalStatus;
import io.annals.events.state.State;
import org.jspecify.annotations.Nullable;

/**
 * What all rules together have made of a proposed state.
 *
 * @param state the state to enter, null when the run stays where it is
 * @param rule the rule that decided, null when the proposal was accepted
 * @param reason that rule's reason
 * @param delaySeconds for WAIT: when to ask again
 * @param counts the run's counts afterwards, without the RUNNING state that it may enter
 */
public record Outcome(
    @Nullable State state,
    ProposalStatus status,
    @Nullable String rule,
    @Nullable String reason,
    @Nullable Integer delaySeconds,
    Counts counts) {}
