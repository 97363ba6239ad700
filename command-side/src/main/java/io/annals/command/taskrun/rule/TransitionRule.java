package io.annals.command.taskrun.rule;

import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * One of Prefect's orchestration rules for task runs. {@link Orchestration} says when which of the
 * methods is asked.
 */
public interface TransitionRule {
  /**
   * Whether transitions between states of these types are any of this rule's business.
   *
   * @param from null for a run without a state
   */
  boolean governs(@Nullable StateType from, StateType to);

  /** What becomes of a proposal. */
  Verdict judge(Transition proposed);

  /**
   * The counts after a transition that this rule has judged and that no later rule has changed.
   *
   * @param judged the transition as this rule saw it
   * @param counts the counts so far
   */
  default Counts after(Transition judged, Counts counts) {
    return counts;
  }

  /**
   * The counts after a transition that this rule has let pass and that a later rule has changed or
   * dropped: the place to take back what {@link #judge} has done to them.
   */
  default Counts takenBack(Transition judged, Counts counts) {
    return counts;
  }

  /** The name under which refusals of this rule are recorded. */
  default String name() {
    return getClass().getSimpleName();
  }
}
