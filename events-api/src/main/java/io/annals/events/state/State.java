package io.annals.events.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A state of a flow run or task run.
 *
 * @param timestamp microseconds, UTC
 * @param data the result reference, any JSON; null when there is none
 */
public record State(
    UUID id,
    StateType type,
    String name,
    Instant timestamp,
    @Nullable String message,
    @Nullable JsonNode data,
    StateDetails stateDetails) {
  /** Whether the state's type is one of those given. */
  public boolean isAny(StateType... types) {
    for (StateType candidate : types) {
      if (candidate == type) {
        return true;
      }
    }
    return false;
  }

  /** Whether the run is over in this state. Follows from the type, so it is not stored. */
  @JsonIgnore
  public boolean isTerminal() {
    return type.isTerminal();
  }

  /** This state under another name. */
  public State named(String newName) {
    return new State(id, type, newName, timestamp, message, data, stateDetails);
  }

  /** This state with other details. */
  public State with(StateDetails newDetails) {
    return new State(id, type, name, timestamp, message, data, newDetails);
  }

  /** A fresh copy: everything but id and timestamp is kept. */
  public State copiedAs(UUID newId, Instant newTimestamp) {
    return new State(newId, type, name, newTimestamp, message, data, stateDetails);
  }
}
