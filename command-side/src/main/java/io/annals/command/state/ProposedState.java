package io.annals.command.state;

import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A state as a client proposes it: without identity and time, which the server gives.
 *
 * @param name null for the type's default name
 */
public record ProposedState(
    StateType type,
    @Nullable String name,
    @Nullable String message,
    @Nullable JsonNode data,
    StateDetails details) {
  /** A state of a type about which nothing else is said. */
  public static ProposedState of(StateType type) {
    return new ProposedState(type, null, null, null, StateDetails.NONE);
  }

  /** The state that this becomes when it is proposed at a moment (microseconds, UTC). */
  public State stamped(UUID id, Instant now) {
    boolean untimed = type == StateType.SCHEDULED && details.scheduledTime() == null;
    return new State(
        id,
        type,
        name == null ? type.defaultName() : name,
        now,
        message,
        data == null || data.isNull() ? null : data,
        untimed ? details.at(now) : details);
  }
}
