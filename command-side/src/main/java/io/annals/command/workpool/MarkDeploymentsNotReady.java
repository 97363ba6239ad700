package io.annals.command.workpool;

import java.time.Instant;

/** Tells deployments that nobody would take their runs. */
@FunctionalInterface
public interface MarkDeploymentsNotReady {
  /** Marks those ready deployments that neither were polled since nor have a queue that was. */
  void notPolledSince(Instant horizon);
}
