package io.annals.command.taskrun;

import io.annals.events.state.State;
import java.time.Instant;
import java.util.Optional;

/** Finds a result that was computed before. */
@FunctionalInterface
public interface FindCachedState {
  /** The newest state that was kept under a key and has not expired. */
  Optional<State> byKey(String cacheKey, Instant now);
}
