package io.annals.app.http;

import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.query.workpool.WorkPoolQueries;
import io.annals.query.workpool.WorkPoolView;
import io.annals.query.workpool.WorkQueueQueries;
import io.annals.query.workpool.WorkQueueView;
import org.springframework.stereotype.Component;

/** Finds pools and queues by the names that paths and bodies call them. */
@Component
class WorkPlaces {
  private final WorkPoolQueries pools;
  private final WorkQueueQueries queues;

  WorkPlaces(WorkPoolQueries pools, WorkQueueQueries queues) {
    this.pools = pools;
    this.queues = queues;
  }

  WorkPoolView pool(String name) {
    return pools
        .byName(name)
        .orElseThrow(
            () ->
                new Refusal(Kind.NOT_FOUND, "Work pool \"" + name + "\" not found.").asException());
  }

  WorkQueueView queue(String poolName, String name) {
    return queues
        .byNames(poolName, name)
        .orElseThrow(
            () ->
                new Refusal(
                        Kind.NOT_FOUND,
                        "Work pool queue '" + poolName + "/" + name + "' not found.")
                    .asException());
  }
}
