package io.annals.command.taskrun;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the task run at a place in its flow run: there is one only. */
@FunctionalInterface
public interface FindTaskRunByKey {
  /**
   * The task run's id, if there is such a run.
   *
   * @param flowRunId null for tasks that run without a flow
   */
  Optional<UUID> idOf(@Nullable UUID flowRunId, String taskKey, String dynamicKey);
}
