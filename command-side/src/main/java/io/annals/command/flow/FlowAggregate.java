package io.annals.command.flow;

import io.annals.events.flow.FlowEvent;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/** A flow's stream of events, as Axon loads and appends it. */
public class FlowAggregate {
  /** Axon reads it. */
  @AggregateIdentifier @Nullable String stream;

  private @Nullable Flow flow;

  /** An empty stream. */
  public FlowAggregate() {}

  /** The name of a flow's stream. */
  public static String stream(UUID flowId) {
    return "flow-" + flowId;
  }

  /** The flow as it is, null when it was deleted. */
  @Nullable Flow flow() {
    return flow;
  }

  @EventSourcingHandler
  void on(FlowEvent event) {
    stream = stream(event.flowId());
    flow = Flow.evolve(flow, event);
    if (flow == null) {
      AggregateLifecycle.markDeleted();
    }
  }
}
