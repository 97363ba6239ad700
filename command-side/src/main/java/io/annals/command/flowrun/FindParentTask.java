package io.annals.command.flowrun;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds the task run that stands for a subflow in its parent flow. */
@FunctionalInterface
public interface FindParentTask {
  /** The task run, if there is one. */
  Optional<ParentTask> byId(UUID taskRunId);

  /** What a subflow's events say about its parent task run. */
  record ParentTask(UUID id, String name, List<String> tags) {}
}
