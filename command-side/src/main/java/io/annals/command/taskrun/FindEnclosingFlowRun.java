package io.annals.command.taskrun;

import io.annals.events.state.State;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds what a task run takes over from its flow run, and is bound to. */
@FunctionalInterface
public interface FindEnclosingFlowRun {
  /** The flow run, if there is one. */
  Optional<EnclosingFlowRun> byId(UUID flowRunId);

  /** What task runs know of their flow run. */
  record EnclosingFlowRun(@Nullable State state, int runCount, ObjectNode labels) {}
}
