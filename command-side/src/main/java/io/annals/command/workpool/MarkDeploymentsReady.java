package io.annals.command.workpool;

import java.util.Collection;
import java.util.UUID;

/** Tells deployments that somebody would take their runs: their queues were polled a moment ago. */
@FunctionalInterface
public interface MarkDeploymentsReady {
  /** Marks those deployments of these queues that are not ready yet. */
  void ofQueues(Collection<UUID> workQueueIds);
}
