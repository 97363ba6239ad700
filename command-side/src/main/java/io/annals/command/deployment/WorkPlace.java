package io.annals.command.deployment;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A work queue and the pool that it belongs to.
 *
 * @param poolType the kind of workers
 * @param baseJobTemplate what workers make a job of
 */
public record WorkPlace(
    UUID queueId,
    String queueName,
    UUID poolId,
    String poolName,
    String poolType,
    JsonNode baseJobTemplate) {}
