package io.annals.query.flowrun;

import io.annals.events.state.StateType;
import io.annals.query.sql.RawJson;
import io.annals.query.state.StateView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run that a worker of a pool may take now. */
public record DueRunView(UUID workPoolId, UUID workQueueId, Run flowRun) {
  /**
   * The run itself, in the older form that workers get: without its pool, with the name of a queue
   * only where it was given one, and always without its state.
   */
  public record Run(
      UUID id,
      Instant created,
      Instant updated,
      String name,
      UUID flowId,
      @Nullable UUID stateId,
      @Nullable UUID deploymentId,
      @Nullable String deploymentVersion,
      @Nullable String workQueueName,
      @Nullable String flowVersion,
      RawJson parameters,
      @Nullable String idempotencyKey,
      RawJson context,
      RawJson empiricalPolicy,
      List<String> tags,
      RawJson labels,
      @Nullable UUID parentTaskRunId,
      @Nullable StateType stateType,
      @Nullable String stateName,
      int runCount,
      @Nullable Instant expectedStartTime,
      @Nullable Instant nextScheduledStartTime,
      @Nullable Instant startTime,
      @Nullable Instant endTime,
      double totalRunTime,
      double estimatedRunTime,
      double estimatedStartTimeDelta,
      boolean autoScheduled,
      @Nullable UUID infrastructureDocumentId,
      @Nullable String infrastructurePid,
      @Nullable RawJson createdBy,
      @Nullable UUID workQueueId,
      @Nullable StateView state,
      RawJson jobVariables) {
    static Run of(FlowRunView run, @Nullable String ownQueueName) {
      return new Run(
          run.id(),
          run.created(),
          run.updated(),
          run.name(),
          run.flowId(),
          run.stateId(),
          run.deploymentId(),
          run.deploymentVersion(),
          ownQueueName,
          run.flowVersion(),
          run.parameters(),
          run.idempotencyKey(),
          run.context(),
          run.empiricalPolicy(),
          run.tags(),
          run.labels(),
          run.parentTaskRunId(),
          run.stateType(),
          run.stateName(),
          run.runCount(),
          run.expectedStartTime(),
          run.nextScheduledStartTime(),
          run.startTime(),
          run.endTime(),
          run.totalRunTime(),
          run.estimatedRunTime(),
          run.estimatedStartTimeDelta(),
          run.autoScheduled(),
          run.infrastructureDocumentId(),
          run.infrastructurePid(),
          run.createdBy(),
          run.workQueueId(),
          null,
          run.jobVariables());
    }
  }
}
