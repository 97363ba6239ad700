package io.annals.command.workpool;

import io.annals.command.decision.Change;
import io.annals.events.workpool.StorageConfiguration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What may be asked of work pools and their queues. */
public sealed interface WorkPoolCommand {
  /** Set up a pool, with its default queue, under a name that is free. Answers the pool's id. */
  record CreateWorkPool(
      String name,
      @Nullable String description,
      String type,
      JsonNode baseJobTemplate,
      boolean isPaused,
      @Nullable Integer concurrencyLimit,
      StorageConfiguration storageConfiguration)
      implements WorkPoolCommand {}

  /** Find the pool of the old agents, or set it up. Answers {@code Created}. */
  record EnsureAgentPool() implements WorkPoolCommand {}

  /** A command about a pool that is there already. */
  sealed interface OfOnePool extends WorkPoolCommand {
    /** The pool concerned. */
    UUID workPoolId();
  }

  /** Change a pool. A null where there must be a value is refused. No answer. */
  record UpdateWorkPool(
      UUID workPoolId,
      Change<@Nullable String> description,
      Change<@Nullable JsonNode> baseJobTemplate,
      Change<@Nullable Boolean> isPaused,
      Change<@Nullable Integer> concurrencyLimit,
      Change<@Nullable StorageConfiguration> storageConfiguration)
      implements OfOnePool {}

  /** Say that a worker of the pool is online. No answer. */
  record MarkWorkPoolReady(UUID workPoolId) implements OfOnePool {}

  /** Say that no worker of the pool is online. No answer. */
  record MarkWorkPoolNotReady(UUID workPoolId) implements OfOnePool {}

  /** Delete a pool with its queues. No answer. */
  record DeleteWorkPool(UUID workPoolId) implements OfOnePool {}

  /**
   * Add a queue under a name that is free in the pool. Answers the queue's id.
   *
   * @param priority null for the first one that is free
   */
  record CreateWorkQueue(
      UUID workPoolId,
      String name,
      String description,
      boolean isPaused,
      @Nullable Integer concurrencyLimit,
      @Nullable Integer priority,
      @Nullable JsonNode filter)
      implements OfOnePool {}

  /**
   * Find the queue of a name, or add it. Answers the queue's id.
   *
   * @param priority of a queue that is added; null for the first one that is free
   */
  record EnsureWorkQueue(UUID workPoolId, String name, @Nullable Integer priority)
      implements OfOnePool {}

  /** Change a queue. A null where there must be a value is refused. No answer. */
  record UpdateWorkQueue(
      UUID workPoolId,
      UUID workQueueId,
      Change<@Nullable String> name,
      Change<@Nullable String> description,
      Change<Boolean> isPaused,
      Change<@Nullable Integer> concurrencyLimit,
      Change<@Nullable Integer> priority,
      Change<@Nullable JsonNode> filter)
      implements OfOnePool {}

  /** Say that a worker has asked for the queue's runs. No answer. */
  record MarkWorkQueueReady(UUID workPoolId, UUID workQueueId) implements OfOnePool {}

  /** Say that no worker has asked for the queue's runs for a while. No answer. */
  record MarkWorkQueueNotReady(UUID workPoolId, UUID workQueueId) implements OfOnePool {}

  /** Delete a queue, unless it is the pool's default queue. No answer. */
  record DeleteWorkQueue(UUID workPoolId, UUID workQueueId) implements OfOnePool {}
}
