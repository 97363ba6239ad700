package io.annals.command.flow;

import io.annals.command.flow.FlowCommand.CreateFlow;
import io.annals.command.flow.FlowCommand.RetagFlow;
import io.annals.events.flow.FlowEvent;
import io.annals.events.flow.FlowEvent.FlowCreated;
import io.annals.events.flow.FlowEvent.FlowDeleted;
import io.annals.events.flow.FlowEvent.FlowTagged;
import java.util.UUID;

/** Decides what becomes of commands about flows. Pure. */
final class FlowDecider {
  private FlowDecider() {}

  static FlowEvent create(CreateFlow command, UUID flowId) {
    return new FlowCreated(flowId, command.name(), command.tags(), command.labels());
  }

  static FlowEvent retag(Flow flow, RetagFlow command) {
    return new FlowTagged(flow.id(), command.tags() == null ? flow.tags() : command.tags());
  }

  static FlowEvent delete(Flow flow) {
    return new FlowDeleted(flow.id());
  }
}
