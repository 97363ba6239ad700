package io.annals.command.taskrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * A task whose result is known already takes it over instead of running. Prefect's CacheRetrieval.
 */
final class AKnownResultIsTakenFromTheCache implements TransitionRule {
  @Override
  public boolean governs(@Nullable StateType from, StateType to) {
    return to == StateType.RUNNING;
  }

  @Override
  public Verdict judge(Transition proposed) {
    State cached = proposed.run().cached();
    if (cached == null || !TaskRunRules.looksIntoTheCache(proposed.to())) {
      return proposed.pass();
    }
    return new Verdict.Replace(
        cached.copiedAs(proposed.to().id(), proposed.now()).named("Cached"),
        "Retrieved state from cache");
  }
}
