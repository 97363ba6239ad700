package io.annals.command.flowrun;

import io.annals.command.flowrun.TakeBackRuns.Which;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds the runs of a deployment that wait to be started. */
@FunctionalInterface
public interface FindWaitingRuns {
  /**
   * The next of them in the order of their ids, a bounded number.
   *
   * @param after the last one of those before; empty to begin
   */
  List<UUID> of(UUID deploymentId, Which which, Instant now, Optional<UUID> after);
}
