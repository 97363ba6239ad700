package io.annals.command.flowrun;

import io.annals.events.state.CreatedBy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes runs that a schedule asks for. */
@FunctionalInterface
public interface PlanFlowRuns {
  /** Makes them in the current unit of work. */
  void plan(List<PlannedRun> runs);

  /** A run as a schedule asks for it. */
  record PlannedRun(
      UUID flowId,
      UUID deploymentId,
      @Nullable String deploymentVersion,
      @Nullable UUID workQueueId,
      @Nullable String workQueueName,
      JsonNode parameters,
      String idempotencyKey,
      List<String> tags,
      JsonNode labels,
      @Nullable UUID infrastructureDocumentId,
      CreatedBy createdBy,
      Instant scheduledTime) {
    /** Copies the tags. */
    public PlannedRun {
      tags = List.copyOf(tags);
    }
  }
}
