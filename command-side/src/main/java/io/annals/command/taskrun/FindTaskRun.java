package io.annals.command.taskrun;

import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.taskrun.TaskRunPolicy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds a task run as it is known by now, from whatever source: most are only reported by their
 * clients and have no stream of decided events.
 */
@FunctionalInterface
public interface FindTaskRun {
  /** The task run, if there is one. */
  Optional<KnownTaskRun> byId(UUID taskRunId);

  /**
   * What is known of a task run.
   *
   * @param flowRunRunCount the enclosing flow run's run count when the task run last started
   */
  record KnownTaskRun(
      @Nullable UUID flowRunId,
      String name,
      @Nullable State state,
      RunTimes times,
      int flowRunRunCount,
      TaskRunPolicy empiricalPolicy,
      List<String> tags) {}
}
