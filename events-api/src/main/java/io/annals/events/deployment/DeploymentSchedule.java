package io.annals.events.deployment;

import io.annals.events.schedule.Schedule;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * When runs of a deployment are planned, and what they get.
 *
 * @param maxScheduledRuns remembered for clients; the scheduler has bounds of its own
 * @param parameters an object that is laid over the deployment's parameters
 * @param slug the schedule's name within the deployment
 */
public record DeploymentSchedule(
    UUID id,
    Schedule schedule,
    boolean active,
    @Nullable Integer maxScheduledRuns,
    JsonNode parameters,
    @Nullable String slug) {}
