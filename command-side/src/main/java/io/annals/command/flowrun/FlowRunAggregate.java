package io.annals.command.flowrun;

import io.annals.events.flowrun.FlowRunEvent;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/** A flow run's stream of events, as Axon loads and appends it. */
public class FlowRunAggregate {
  /** Axon reads it. */
  @AggregateIdentifier @Nullable String stream;

  private @Nullable FlowRun run;

  /** An empty stream. */
  public FlowRunAggregate() {}

  /** The name of a flow run's stream. */
  public static String stream(UUID flowRunId) {
    return "flowrun-" + flowRunId;
  }

  /** The run as it is, null when it was deleted. */
  @Nullable FlowRun run() {
    return run;
  }

  @EventSourcingHandler
  void on(FlowRunEvent event) {
    stream = stream(event.flowRunId());
    run = FlowRun.evolve(run, event);
    if (run == null) {
      AggregateLifecycle.markDeleted();
    }
  }
}
