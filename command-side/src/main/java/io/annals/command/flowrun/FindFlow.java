package io.annals.command.flowrun;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Finds what a flow run takes over from its flow, and says about it in its events. */
@FunctionalInterface
public interface FindFlow {
  /** The flow, if there is one. */
  Optional<FlowFacts> byId(UUID flowId);

  /** What flow runs know of their flow. */
  record FlowFacts(UUID id, String name, List<String> tags, ObjectNode labels) {}
}
