package io.annals.command.flowrun;

import io.annals.events.state.State;
import java.util.UUID;

/** Shows a subflow's state on the task run that stands for it in the parent flow. */
@FunctionalInterface
public interface CopyStateToParentTask {
  /** Forces the state onto the task run, in the current unit of work. */
  void copy(UUID parentTaskRunId, State state);
}
