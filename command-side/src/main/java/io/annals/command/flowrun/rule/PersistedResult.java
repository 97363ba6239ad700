package io.annals.command.flowrun.rule;

import io.annals.events.state.State;
import io.annals.events.state.StateType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells results that can be read again from those that went with the process that made them. */
final class PersistedResult {
  private PersistedResult() {}

  /** Whether a state's data refers to a result that can be read again. */
  static boolean isIn(@Nullable JsonNode data) {
    return data != null
        && data.isObject()
        && !"unpersisted".equals(data.path("type").stringValue(null));
  }

  /** Whether a run has completed with a result that can be read again. */
  static boolean isKeptBy(@Nullable State state) {
    return state != null
        && state.type() == StateType.COMPLETED
        && isIn(state.data())
        && state.data() != null
        && !state.data().isEmpty();
  }

  /** Whether the second state would lose the result that the first one keeps. */
  static boolean wouldBeLost(@Nullable State from, State to) {
    return isKeptBy(from) && to.type() == StateType.COMPLETED && !isIn(to.data());
  }
}
