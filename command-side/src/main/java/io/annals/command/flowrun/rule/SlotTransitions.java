package io.annals.command.flowrun.rule;

import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;

/** Between which states a run takes a slot of its deployment, and in which it holds one. */
final class SlotTransitions {
  private SlotTransitions() {}

  /** Whether a run that goes from one state to another needs a slot that it does not have yet. */
  static boolean takesSlot(@Nullable StateType from, @Nullable StateType to) {
    return to == StateType.PENDING && !holdsSlot(from);
  }

  /** Whether runs in such states hold a slot. */
  static boolean holdsSlot(@Nullable StateType type) {
    return type == StateType.PENDING || type == StateType.RUNNING || type == StateType.CANCELLING;
  }
}
