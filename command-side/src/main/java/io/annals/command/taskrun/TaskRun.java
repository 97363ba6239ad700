package io.annals.command.taskrun;

import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.taskrun.TaskRunEvent;
import io.annals.events.taskrun.TaskRunEvent.TaskRunAdopted;
import io.annals.events.taskrun.TaskRunEvent.TaskRunCreated;
import io.annals.events.taskrun.TaskRunEvent.TaskRunDeleted;
import io.annals.events.taskrun.TaskRunEvent.TaskRunProposalRefused;
import io.annals.events.taskrun.TaskRunEvent.TaskRunRenamed;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import io.annals.events.taskrun.TaskRunPolicy;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task run, as far as decisions about it depend on it.
 *
 * @param flowRunRunCount the enclosing flow run's run count when the task run last started
 */
public record TaskRun(
    UUID id,
    @Nullable UUID flowRunId,
    String name,
    List<String> tags,
    TaskRunPolicy policy,
    RunTimes times,
    int flowRunRunCount,
    @Nullable State state) {
  /** The run after an event; null before it was known and after it was deleted. */
  public static @Nullable TaskRun evolve(@Nullable TaskRun run, TaskRunEvent event) {
    return switch (event) {
      case TaskRunCreated created -> created(created);
      case TaskRunAdopted adopted -> adopted(adopted);
      case TaskRunStateSet set -> known(run, event).moved(set);
      case TaskRunProposalRefused ignored -> known(run, event);
      case TaskRunRenamed renamed -> known(run, event).named(renamed.name());
      case TaskRunDeleted ignored -> null;
    };
  }

  private static TaskRun known(@Nullable TaskRun run, TaskRunEvent event) {
    if (run == null) {
      throw new IllegalStateException(
          event.getClass().getSimpleName() + " before task run " + event.taskRunId());
    }
    return run;
  }

  private static TaskRun created(TaskRunCreated event) {
    return new TaskRun(
        event.taskRunId(),
        event.flowRunId(),
        event.name(),
        List.copyOf(event.tags()),
        event.empiricalPolicy(),
        RunTimes.NONE,
        0,
        null);
  }

  private static TaskRun adopted(TaskRunAdopted event) {
    return new TaskRun(
        event.taskRunId(),
        event.flowRunId(),
        event.name(),
        List.copyOf(event.tags()),
        event.empiricalPolicy(),
        event.times(),
        event.flowRunRunCount(),
        event.state());
  }

  private TaskRun moved(TaskRunStateSet event) {
    return new TaskRun(
        id,
        flowRunId,
        name,
        tags,
        policy,
        event.times(),
        event.flowRunRunCount(),
        withoutWhatIsNotKept(event.state()));
  }

  /** Data that stayed with its process is told in the answer, and never again. */
  private static State withoutWhatIsNotKept(State state) {
    JsonNode data = state.data();
    if (data == null || !"unpersisted".equals(data.path("type").stringValue(null))) {
      return state;
    }
    return new State(
        state.id(),
        state.type(),
        state.name(),
        state.timestamp(),
        state.message(),
        null,
        state.stateDetails());
  }

  private TaskRun named(String newName) {
    return new TaskRun(id, flowRunId, newName, tags, policy, times, flowRunRunCount, state);
  }
}
