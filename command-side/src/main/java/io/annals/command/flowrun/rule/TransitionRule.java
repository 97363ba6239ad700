package io.annals.command.flowrun.rule;

import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/**
 * One of Prefect's orchestration rules for flow runs. {@link Orchestration} says when which of the
 * methods is asked.
 */
public interface TransitionRule {
  /**
   * Whether transitions between states of these types are any of this rule's business.
   *
   * @param from null for a run without a state
   * @param to null once the proposal was dropped
   */
  boolean governs(@Nullable StateType from, @Nullable StateType to);

  /** What becomes of a proposal. */
  Verdict judge(Transition proposed);

  /**
   * The policy after a transition that this rule has judged and that no later rule has changed.
   *
   * @param judged the transition as this rule saw it
   * @param policy the policy so far
   */
  default EmpiricalPolicy after(Transition judged, EmpiricalPolicy policy) {
    return policy;
  }

  /**
   * The policy after a transition that this rule has let pass and that a later rule has changed or
   * dropped: the place to take back what {@link #judge} has done to it.
   */
  default EmpiricalPolicy takenBack(Transition judged, EmpiricalPolicy policy) {
    return policy;
  }

  /**
   * Whether the rule judges every proposal that is still standing, substituted ones too (Prefect's
   * universal transforms).
   */
  default boolean isUniversal() {
    return false;
  }

  /** The name under which refusals of this rule are recorded. */
  default String name() {
    return getClass().getSimpleName();
  }
}
