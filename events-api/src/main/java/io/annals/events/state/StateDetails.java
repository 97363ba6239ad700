package io.annals.events.state;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Prefect's {@code state_details}, in the order in which they are read back.
 *
 * @param deferred whether a task waits for a worker; clients also send null, which is kept
 */
public record StateDetails(
    @Nullable UUID flowRunId,
    @Nullable UUID taskRunId,
    @Nullable UUID childFlowRunId,
    @Nullable Instant scheduledTime,
    @Nullable String cacheKey,
    @Nullable Instant cacheExpiration,
    @Nullable Boolean deferred,
    boolean untrackableResult,
    @Nullable Instant pauseTimeout,
    boolean pauseReschedule,
    @Nullable String pauseKey,
    @Nullable Map<String, String> runInputKeyset,
    @Nullable Boolean refreshCache,
    @Nullable Boolean retriable,
    @Nullable UUID transitionId,
    @Nullable UUID taskParametersId,
    @Nullable String traceparent,
    @Nullable UUID deploymentConcurrencyLeaseId) {
  /** Details of which nothing is known. */
  public static final StateDetails NONE =
      new StateDetails(
          null, null, null, null, null, null, false, false, null, false, null, null, null, null,
          null, null, null, null);

  /** These details for a given flow run and task run. */
  public StateDetails ofRuns(@Nullable UUID newFlowRunId, @Nullable UUID newTaskRunId) {
    return with(
        newFlowRunId,
        newTaskRunId,
        childFlowRunId,
        scheduledTime,
        taskParametersId,
        deploymentConcurrencyLeaseId);
  }

  /** These details with another scheduled time. */
  public StateDetails at(@Nullable Instant newScheduledTime) {
    return with(
        flowRunId,
        taskRunId,
        childFlowRunId,
        newScheduledTime,
        taskParametersId,
        deploymentConcurrencyLeaseId);
  }

  /** These details for the state that a parent task run shows for its subflow. */
  public StateDetails ofChild(UUID newChildFlowRunId) {
    return with(
        flowRunId,
        taskRunId,
        newChildFlowRunId,
        scheduledTime,
        taskParametersId,
        deploymentConcurrencyLeaseId);
  }

  /** These details with another deployment concurrency lease. */
  public StateDetails leased(@Nullable UUID newLeaseId) {
    return with(flowRunId, taskRunId, childFlowRunId, scheduledTime, taskParametersId, newLeaseId);
  }

  /** These details with another id of the stored parameters of a background task. */
  public StateDetails parametersStoredAs(@Nullable UUID newTaskParametersId) {
    return with(
        flowRunId,
        taskRunId,
        childFlowRunId,
        scheduledTime,
        newTaskParametersId,
        deploymentConcurrencyLeaseId);
  }

  /** What the server itself changes in details. */
  private StateDetails with(
      @Nullable UUID newFlowRunId,
      @Nullable UUID newTaskRunId,
      @Nullable UUID newChildFlowRunId,
      @Nullable Instant newScheduledTime,
      @Nullable UUID newTaskParametersId,
      @Nullable UUID newLeaseId) {
    return new StateDetails(
        newFlowRunId,
        newTaskRunId,
        newChildFlowRunId,
        newScheduledTime,
        cacheKey,
        cacheExpiration,
        deferred,
        untrackableResult,
        pauseTimeout,
        pauseReschedule,
        pauseKey,
        runInputKeyset,
        refreshCache,
        retriable,
        transitionId,
        newTaskParametersId,
        traceparent,
        newLeaseId);
  }
}
