package io.annals.app.http;

import io.annals.command.state.ProposedState;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A state as clients propose it. */
record StateBody(
    StateType type,
    @Nullable String name,
    @Nullable String message,
    @Nullable JsonNode data,
    @Default("{}") DetailsBody stateDetails) {
  /** What a proposed state says beyond its type; the server fills in the rest. */
  @IgnoresUnknownKeys
  record DetailsBody(
      @Nullable UUID flowRunId,
      @Nullable UUID taskRunId,
      @Nullable UUID childFlowRunId,
      @Nullable Instant scheduledTime,
      @Nullable String cacheKey,
      @Nullable Instant cacheExpiration,
      @Default("false") @Nullable Boolean deferred,
      @Default("false") boolean untrackableResult,
      @Nullable Instant pauseTimeout,
      @Default("false") boolean pauseReschedule,
      @Nullable String pauseKey,
      @Nullable Map<String, String> runInputKeyset,
      @Nullable Boolean refreshCache,
      @Nullable Boolean retriable,
      @Nullable UUID transitionId,
      @Nullable UUID taskParametersId,
      @Nullable String traceparent,
      @Nullable UUID deploymentConcurrencyLeaseId) {
    private StateDetails details() {
      return new StateDetails(
          flowRunId,
          taskRunId,
          childFlowRunId,
          scheduledTime,
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
          taskParametersId,
          traceparent,
          deploymentConcurrencyLeaseId);
    }
  }

  ProposedState proposed() {
    return new ProposedState(type, name, message, data, stateDetails.details());
  }
}
