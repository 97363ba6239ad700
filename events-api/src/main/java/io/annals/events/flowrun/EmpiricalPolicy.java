package io.annals.events.flowrun;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prefect's {@code empirical_policy} of a flow run: what the orchestration rules remember.
 *
 * @param retryDelay seconds
 * @param pauseKeys the pauses that have fired
 * @param resuming whether the next RUNNING state continues a paused run
 * @param retryType {@code in_process} or {@code reschedule}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EmpiricalPolicy(
    int maxRetries,
    double retryDelaySeconds,
    @Nullable Integer retries,
    @Nullable Integer retryDelay,
    List<String> pauseKeys,
    @Nullable Boolean resuming,
    @Nullable String retryType) {
  /** The policy of a run that asked for nothing. */
  public static final EmpiricalPolicy DEFAULT =
      new EmpiricalPolicy(0, 0.0, null, null, List.of(), false, null);

  /** This policy with the mark that the next RUNNING state continues a paused run, or without. */
  public EmpiricalPolicy markedResuming(boolean newResuming) {
    return new EmpiricalPolicy(
        maxRetries, retryDelaySeconds, retries, retryDelay, pauseKeys, newResuming, retryType);
  }

  /** This policy after one more pause has fired. */
  public EmpiricalPolicy pausedBy(String key) {
    if (pauseKeys.contains(key)) {
      return this;
    }
    List<String> keys = new ArrayList<>(pauseKeys);
    keys.add(key);
    return new EmpiricalPolicy(
        maxRetries, retryDelaySeconds, retries, retryDelay, List.copyOf(keys), resuming, retryType);
  }

  /** This policy with another retry type. */
  public EmpiricalPolicy retriedAs(@Nullable String newRetryType) {
    return new EmpiricalPolicy(
        maxRetries, retryDelaySeconds, retries, retryDelay, pauseKeys, resuming, newRetryType);
  }

  /** This policy for a run that starts over: no pause has fired yet. */
  public EmpiricalPolicy startedOver(@Nullable String newRetryType) {
    return new EmpiricalPolicy(
        maxRetries, retryDelaySeconds, retries, retryDelay, List.of(), false, newRetryType);
  }
}
