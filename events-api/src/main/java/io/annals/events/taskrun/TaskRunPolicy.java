package io.annals.events.taskrun;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Prefect's {@code empirical_policy} of a task run.
 *
 * @param retryDelay seconds before a retry as the client sent them: a number, or a list with one
 *     number for each retry whose last one repeats; null for none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TaskRunPolicy(
    int maxRetries,
    double retryDelaySeconds,
    @Nullable Integer retries,
    @Nullable JsonNode retryDelay,
    @Nullable Double retryJitterFactor) {
  /** The policy of a run that asked for nothing. */
  public static final TaskRunPolicy DEFAULT = new TaskRunPolicy(0, 0.0, null, null, null);

  /** Seconds to wait before the retry that follows the given run, counted from 1. */
  public double delaySecondsAfterRun(int runCount) {
    if (retryDelay == null) {
      return 0.0;
    }
    if (!retryDelay.isArray()) {
      return retryDelay.asDouble(0.0);
    }
    if (retryDelay.isEmpty()) {
      return 0.0;
    }
    int index = Math.clamp(runCount - 1L, 0, retryDelay.size() - 1);
    return retryDelay.get(index).asDouble(0.0);
  }
}
