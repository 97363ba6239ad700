package io.annals.command.taskrun.rule;

import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A result is found again by its cache key; what has too long a key is told so, though it is kept
 * all the same. Prefect's CacheInsertion; the projection keeps the key.
 */
final class ACacheKeyIsNotTooLong implements TransitionRule {
  /** Characters that a cache key may have. */
  static final int MAX_LENGTH = 2000;

  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
    return to == StateType.COMPLETED;
  }

  @Override
  public Verdict judge(Transition proposed) {
    String key = proposed.to().stateDetails().cacheKey();
    if (key == null || key.codePointCount(0, key.length()) <= MAX_LENGTH) {
      return proposed.pass();
    }
    return new Verdict.Replace(
        proposed.to(),
        "Cache key exceeded maximum allowed length of " + MAX_LENGTH + " characters.");
  }
}
