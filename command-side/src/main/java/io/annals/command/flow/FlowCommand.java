package io.annals.command.flow;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What may be asked of flows. */
public sealed interface FlowCommand {
  /** A command about a flow that is there already. */
  sealed interface OfOneFlow extends FlowCommand {
    /** The flow concerned. */
    UUID flowId();
  }

  /** Register a flow, or find the one of that name. Answers {@code Created}. */
  record CreateFlow(String name, List<String> tags, ObjectNode labels) implements FlowCommand {}

  /**
   * Replace a flow's tags. No answer.
   *
   * @param tags null to leave them as they are; Prefect tells the world all the same
   */
  record RetagFlow(UUID flowId, @Nullable List<String> tags) implements OfOneFlow {}

  /** Delete a flow; its name is free again. No answer. */
  record DeleteFlow(UUID flowId) implements OfOneFlow {}
}
