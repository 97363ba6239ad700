package io.annals.command.taskrun;

import io.annals.events.taskrun.TaskRunEvent;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A task run's stream of events, as Axon loads and appends it. A deletion does not end it: a client
 * that goes on reporting makes the run known again, and then it may be decided about again.
 */
public class TaskRunAggregate {
  /** Axon reads it. */
  @AggregateIdentifier @Nullable String stream;

  private @Nullable TaskRun run;

  /** An empty stream. */
  public TaskRunAggregate() {}

  /** The name of a task run's stream. */
  public static String stream(UUID taskRunId) {
    return "taskrun-" + taskRunId;
  }

  /** The run as its events tell, null when there are none or it was deleted. */
  @Nullable TaskRun run() {
    return run;
  }

  @EventSourcingHandler
  void on(TaskRunEvent event) {
    stream = stream(event.taskRunId());
    run = TaskRun.evolve(run, event);
  }
}
