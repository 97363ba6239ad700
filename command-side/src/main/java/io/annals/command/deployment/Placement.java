package io.annals.command.deployment;

import io.annals.command.decision.Change;
import io.annals.command.deployment.FindWorkPlace.Pool;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where the work pool and queue that a client names lead to; a queue that is missing is added. */
final class Placement {
  /** The pool of deployments that name a queue and no pool. */
  private static final String AGENT_POOL = "default-agent-pool";

  private static final String AGENT_TYPE = "prefect-agent";

  private final FindWorkPlace findWorkPlace;
  private final AddWorkQueue addWorkQueue;

  Placement(FindWorkPlace findWorkPlace, AddWorkQueue addWorkQueue) {
    this.findWorkPlace = findWorkPlace;
    this.addWorkQueue = addWorkQueue;
  }

  /** The pool that is named, if one is. */
  Optional<Pool> pool(DeploymentChanges changes) {
    String name = name(changes.workPoolName());
    return name == null
        ? Optional.empty()
        : Optional.of(
            findWorkPlace
                .pool(name)
                .orElseThrow(() -> DeploymentRefusals.poolMissing(name).asException()));
  }

  /** The place that the changes lead to; to null when the deployment leaves its pool. */
  Change<@Nullable WorkPlace> of(DeploymentChanges changes) {
    Optional<Pool> pool = pool(changes);
    String queue = name(changes.workQueueName());
    if (pool.isPresent()) {
      return Change.to(queue == null ? byDefault(pool.get()) : inPool(pool.get(), queue));
    }
    if (changes.workPoolName() instanceof Change.To<@Nullable String> to && to.value() == null) {
      return Change.to(null);
    }
    return queue == null ? Change.none() : Change.to(forAgents(queue));
  }

  private WorkPlace byDefault(Pool pool) {
    return findWorkPlace
        .ofQueue(pool.defaultQueueId())
        .orElseThrow(() -> DeploymentRefusals.poolMissing(pool.name()).asException());
  }

  private WorkPlace inPool(Pool pool, String queueName) {
    return beside(
        new WorkPlace(
            pool.defaultQueueId(),
            queueName,
            pool.id(),
            pool.name(),
            pool.type(),
            pool.baseJobTemplate()),
        queueName);
  }

  /** Another queue of the pool of a place; it is added when it is missing. */
  WorkPlace beside(WorkPlace place, String queueName) {
    return findWorkPlace
        .ofNames(place.poolName(), queueName)
        .orElseGet(
            () ->
                new WorkPlace(
                    addWorkQueue.to(place.poolId(), queueName),
                    queueName,
                    place.poolId(),
                    place.poolName(),
                    place.poolType(),
                    place.baseJobTemplate()));
  }

  private WorkPlace forAgents(String queueName) {
    return findWorkPlace
        .ofNames(AGENT_POOL, queueName)
        .orElseGet(
            () -> {
              UUID poolId = addWorkQueue.agentPool();
              return new WorkPlace(
                  addWorkQueue.to(poolId, queueName),
                  queueName,
                  poolId,
                  AGENT_POOL,
                  AGENT_TYPE,
                  JsonNodeFactory.instance.objectNode());
            });
  }

  private static @Nullable String name(Change<@Nullable String> given) {
    String name = given.or(null);
    return name == null || name.isEmpty() ? null : name;
  }
}
